package io.ebb.integration.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a process ends or pauses on an event's way.
 *
 * @param place a name of {@code io.ebb.crash}, with {@code before}, {@code during} or {@code after}
 * @param signal what it is sent: it is killed, or stopped for longer than its lease
 * @param whileOut whether it is armed only once the VM is out of rotation: there are such writes
 *     and calls all the time
 * @param canceled whether Azure calls the event off meanwhile
 */
record CrashPoint(String place, Signal signal, boolean whileOut, boolean canceled) {
    /** What is done to the process. */
    enum Signal {
        KILL,
        STOP
    }

    /** What is written in the course of one event, in its order. */
    private static final List<String> WRITES =
            List.of(
                    "write-event-scheduled",
                    "write-intent-quiesce",
                    "write-intent-leave",
                    "write-event-approved",
                    "write-order",
                    "result",
                    "write-event-started",
                    "write-event-gone",
                    "write-intent-recall",
                    "write-intent-return",
                    "write-settled",
                    "write-forgotten");

    /** What is called for one write of a network interface. */
    private static final List<String> CALLS =
            List.of("poll-leave", "verify-leave", "poll-join", "verify-join");

    /** What is written and called again and again. */
    private static final List<String> ALWAYS = List.of("lease", "report", "read", "list", "health");

    /** All that there are, in the order in which a full run tries them. */
    static Stream<CrashPoint> all() {
        return Stream.concat(kills().stream(), pauses().stream());
    }

    /** All places where it is killed. */
    static List<CrashPoint> kills() {
        var kills = new ArrayList<CrashPoint>();
        Stream.concat(WRITES.stream(), CALLS.stream())
                .forEach(name -> {
                    kills.add(kill(name + ":before", false));
                    kills.add(kill(name + ":after", false));
                });
        for (var name : List.of("put-leave", "put-join")) {
            kills.add(kill(name + ":before", false));
            kills.add(kill(name + ":during", false));
            kills.add(kill(name + ":after", false));
        }
        for (var name : ALWAYS) {
            kills.add(kill(name + ":before", true));
            kills.add(kill(name + ":after", true));
        }
        return List.copyOf(kills);
    }

    /** All places where it is paused: between writing down and acting, and before the request. */
    static List<CrashPoint> pauses() {
        return Stream.of(
                        "write-intent-leave:after",
                        "put-leave:before",
                        "write-order:after",
                        "write-intent-return:after",
                        "put-join:before")
                .flatMap(place ->
                        place.contains("leave")
                                ? Stream.of(pause(place, false), pause(place, true))
                                : Stream.of(pause(place, false)))
                .toList();
    }

    private static CrashPoint kill(String place, boolean whileOut) {
        return new CrashPoint(place, Signal.KILL, whileOut, false);
    }

    private static CrashPoint pause(String place, boolean canceled) {
        return new CrashPoint(place, Signal.STOP, false, canceled);
    }

    @Override
    public String toString() {
        return (signal == Signal.KILL ? "killed at " : "paused at ")
                + place
                + (canceled ? ", the event called off meanwhile" : "");
    }
}
