package io.ebb.orchestrator.drain;

/** What the ledger says of a member. */
public enum Taken {
    /** Ebb has nothing to do with where it stands. */
    NO,
    /**
     * Ebb is about to take it out, and was so less than one lease ago: the write may still be under
     * way, so that seeing the member in does not yet mean that it stays in.
     */
    JUST_NOW,
    /** Ebb took it out. */
    YES,
    /** Ebb took it out and is putting it back; the budget does not count it as going any more. */
    BACK,
    /**
     * Ebb took it out, and somebody else put it back again and again: it is left alone, and its row
     * stays for as long as there is a cause.
     */
    LEFT
}
