package io.ebb.agent.connections;

import io.ebb.protocol.Report.Calm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Since when at most so many connections have been counted, for zero and for each threshold that is
 * asked for.
 */
final class Streaks {
    /** Quiet is the streak of this threshold. */
    private static final int NONE = 0;

    private final Duration longestGap;
    private final Map<Integer, Instant> since = new TreeMap<>();
    private SortedSet<Integer> thresholds = new TreeSet<>(List.of(NONE));
    private @Nullable Instant last;

    /**
     * Nothing is counted yet.
     *
     * @param longestGap a longer one between two counts ends every streak
     */
    Streaks(Duration longestGap) {
        this.longestGap = longestGap;
    }

    /** Keeps streaks for these thresholds; a new one begins with the next count. */
    void ask(List<Integer> remaining) {
        thresholds = new TreeSet<>(remaining);
        thresholds.add(NONE);
        since.keySet().retainAll(thresholds);
    }

    /** Ends every streak: what was counted before says nothing about what is counted now. */
    void end() {
        since.clear();
        last = null;
    }

    /** So many connections were counted now. */
    void counted(int connections, Instant now) {
        if (last != null && last.plus(longestGap).isBefore(now)) {
            since.clear();
        }
        for (int threshold : thresholds) {
            if (connections > threshold) {
                since.remove(threshold);
            } else {
                since.putIfAbsent(threshold, now);
            }
        }
        last = now;
    }

    /** How long until the last count there was no connection; empty while there is one. */
    Optional<Duration> quiet() {
        return lasting(NONE);
    }

    /** The streaks of the thresholds above zero, the lowest first. */
    List<Calm> calm() {
        List<Calm> calm = new ArrayList<>();
        for (int threshold : thresholds.tailSet(NONE + 1)) {
            lasting(threshold).ifPresent(lasting -> calm.add(new Calm(threshold, lasting)));
        }
        return calm;
    }

    private Optional<Duration> lasting(int threshold) {
        Instant begun = since.get(threshold);
        return begun == null || last == null
                ? Optional.empty()
                : Optional.of(Duration.between(begun, last));
    }
}
