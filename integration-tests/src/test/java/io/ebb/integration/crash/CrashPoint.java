package io.ebb.integration.crash;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a process ends or pauses.
 *
 * @param place a name of {@code io.ebb.crash}, with {@code before}, {@code during} or {@code after}
 * @param signal what it is sent: it is killed, or stopped for longer than its lease
 * @param story what happens around it
 */
record CrashPoint(String place, Signal signal, Story story) {
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

    /** What is read and deleted first. */
    private static final List<String> FIRST = List.of("inventory", "prune");

    /** What an operator says. */
    private static final List<String> SAID = List.of("instruct", "revise", "withdraw");

    /**
     * All that there are, in the order in which a full run tries them.
     *
     * @param replicas how many processes there are
     */
    static Stream<CrashPoint> all(int replicas) {
        return Stream.concat(kills(replicas), pauses());
    }

    /** All places where it is killed. */
    static Stream<CrashPoint> kills(int replicas) {
        return Stream.of(
                        around(Story.EVENT, WRITES),
                        around(Story.EVENT, CALLS),
                        Stream.of("put-leave", "put-join")
                                .flatMap(put ->
                                        Stream.of(":before", ":during", ":after")
                                                .map(when -> kill(put + when, Story.EVENT))),
                        around(Story.OUT, ALWAYS),
                        around(Story.START, FIRST),
                        around(Story.OPERATOR, SAID),
                        around(Story.END, List.of("release")),
                        // One alone still intends what takes effect late, and has nothing to say.
                        around(Story.LATE, replicas > 1 ? List.of("landed") : List.of()))
                .flatMap(points -> points);
    }

    /** All places where it is paused: between writing down and acting, and before the request. */
    static Stream<CrashPoint> pauses() {
        return Stream.of(
                        "write-intent-leave:after",
                        "put-leave:before",
                        "write-order:after",
                        "write-intent-return:after",
                        "put-join:before")
                .flatMap(place ->
                        place.contains("leave")
                                ? Stream.of(
                                        pause(place, Story.EVENT), pause(place, Story.CALLED_OFF))
                                : Stream.of(pause(place, Story.EVENT)));
    }

    private static Stream<CrashPoint> around(Story story, List<String> places) {
        return places.stream()
                .flatMap(place ->
                        Stream.of(kill(place + ":before", story), kill(place + ":after", story)));
    }

    private static CrashPoint kill(String place, Story story) {
        return new CrashPoint(place, Signal.KILL, story);
    }

    private static CrashPoint pause(String place, Story story) {
        return new CrashPoint(place, Signal.STOP, story);
    }

    @Override
    public String toString() {
        return (signal == Signal.KILL ? "killed at " : "paused at ") + place + story;
    }
}
