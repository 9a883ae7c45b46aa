package io.ebb.orchestrator.drain;

/** Why a VM is taken for quiet although nobody counted its connections. */
public enum Assumption {
    /** No rule of its pools carries TCP, and of UDP there is nothing that could be counted. */
    UDP_ONLY("its pools carry UDP only, which nobody can count"),
    /** Its agent is silent. */
    NO_AGENT("no agent counts");

    private final String words;

    Assumption(String words) {
        this.words = words;
    }

    /** For people; goes on after "because". */
    public String words() {
        return words;
    }
}
