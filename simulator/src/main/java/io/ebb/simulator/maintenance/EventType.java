package io.ebb.simulator.maintenance;

import java.time.Duration;

/** What will be done to a machine; the words are those of the wire. */
public enum EventType {
    Freeze(Duration.ofMinutes(15)),
    Reboot(Duration.ofMinutes(15)),
    Redeploy(Duration.ofMinutes(10)),
    Preempt(Duration.ofSeconds(30)),
    Terminate(Duration.ofMinutes(5));

    private final Duration notice;

    EventType(Duration notice) {
        this.notice = notice;
    }

    /** How long before its start such an event is announced, if nobody says otherwise. */
    public Duration notice() {
        return notice;
    }
}
