package io.ebb.orchestrator.drain;

/** The kinds of scheduled events. Azure's list has grown before; what is new is {@link #OTHER}. */
public enum EventType {
    FREEZE,
    REBOOT,
    REDEPLOY,
    PREEMPT,
    TERMINATE,
    OTHER;

    /** Reads Azure's word, whatever its case. */
    public static EventType of(String text) {
        for (var type : values()) {
            if (type.name().equalsIgnoreCase(text)) {
                return type;
            }
        }
        return OTHER;
    }
}
