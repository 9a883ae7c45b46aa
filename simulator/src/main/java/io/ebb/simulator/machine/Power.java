package io.ebb.simulator.machine;

import java.util.Locale;

/** Whether a machine executes instructions. */
public enum Power {
    RUNNING,
    /** Paused by its host: processes exist, none makes progress, sockets stay open. */
    FROZEN,
    /** Down for a reboot or a redeploy: still allocated, comes back by itself. */
    STOPPED,
    /** Down until a user starts it. */
    DEALLOCATED,
    /** Gone for good: nothing starts it again. */
    DELETED;

    /** The word of the control API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
