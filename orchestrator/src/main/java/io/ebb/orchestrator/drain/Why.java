package io.ebb.orchestrator.drain;

/** Why an event is approved. */
public enum Why {
    /** Every VM of it is drained. */
    DRAINED("every VM of it is drained"),
    /** Every VM of it is drained, some by assumption only, as nobody can count UDP. */
    ASSUMED_UDP(
            "every VM of it is drained, one by assumption only: its pools carry UDP, which nobody"
                    + " can count"),
    /** Every VM of it is drained, some by assumption only, and the policy lets that do. */
    ASSUMED("every VM of it is drained, one without an agent by assumption only"),
    /** The policy approves such events without waiting. */
    AT_ONCE("the policy approves it at once"),
    /** Its deadline has come, and the policy approves then. */
    AT_DEADLINE("its deadline has come, and the policy approves then"),
    /** An operator said so. */
    OPERATOR("an operator said so");

    private final String words;

    Why(String words) {
        this.words = words;
    }

    /** Whether it rests on where its VMs stand. */
    public boolean isOfDrained() {
        return this == DRAINED || this == ASSUMED_UDP || this == ASSUMED;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
