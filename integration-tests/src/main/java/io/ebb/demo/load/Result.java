package io.ebb.demo.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the client saw. A request is answered when its whole, right answer came; times are those of
 * answered requests only, for the others are counted as failed. From each time, which starts when
 * the request was <em>due</em>, the milliseconds that it asked the server to take are subtracted,
 * so that 3 s asked for are not 3 s of slowness: "over 1 s" is "more than 1 s later than asked".
 */
public record Result(List<Outcome> outcomes) {
    public Result {
        outcomes = List.copyOf(outcomes);
    }

    /** How many requests were due, answered or not. */
    public int requests() {
        return outcomes.size();
    }

    /** How many of them failed. */
    public int failed() {
        return failures().size();
    }

    /** The failed ones, in the order in which they were due. */
    public List<Outcome> failures() {
        return outcomes.stream()
                .filter(outcome -> !outcome.succeeded())
                .sorted(Comparator.comparing(Outcome::due))
                .toList();
    }

    /** How many failed in each way. */
    public Map<Failure, Long> failedBy() {
        var counts = new TreeMap<Failure, Long>();
        for (var outcome : outcomes) {
            var failure = outcome.failure();
            if (failure != null) {
                counts.merge(failure, 1L, Long::sum);
            }
        }
        return counts;
    }

    /** The time within which the given share of the answers came, nearest rank; zero for none. */
    public Duration percentile(double share) {
        var sorted = late().sorted().toList();
        if (sorted.isEmpty()) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
    }

    /** The slowest answer; zero for none. */
    public Duration slowest() {
        return percentile(1);
    }

    /** How many answers came more than 1 s later than asked. */
    public long over1s() {
        return late().filter(late -> late.compareTo(Duration.ofSeconds(1)) > 0).count();
    }

    /** How many requests that were due in [from, to) this VM answered. */
    public long served(String vm, Instant from, Instant to) {
        return outcomes.stream()
                .filter(answeredBy(vm))
                .filter(outcome -> !outcome.due().isBefore(from) && outcome.due().isBefore(to))
                .count();
    }

    /** Answers per VM. */
    public Map<String, Long> servedBy() {
        return outcomes.stream()
                .filter(outcome -> outcome.succeeded() && outcome.servedBy() != null)
                .map(outcome -> String.valueOf(outcome.servedBy()))
                .collect(
                        Collectors.groupingBy(
                                Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static Predicate<Outcome> answeredBy(String vm) {
        return outcome -> outcome.succeeded() && vm.equals(outcome.servedBy());
    }

    private Stream<Duration> late() {
        return outcomes.stream().filter(Outcome::succeeded).map(Outcome::late);
    }
}
