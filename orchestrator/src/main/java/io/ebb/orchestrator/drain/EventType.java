package io.ebb.orchestrator.drain;

import java.util.Locale;

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
            if (type.name().equals(text.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        return OTHER;
    }
}
