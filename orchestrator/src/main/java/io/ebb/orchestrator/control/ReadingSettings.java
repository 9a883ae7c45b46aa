package io.ebb.orchestrator.control;

import io.ebb.orchestrator.policy.ContradictionException;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How fast the load balancers are followed, {@code ebb.reading-age}; each replica follows them.
 *
 * @param readingAge how old a reading of a VM may grow while something happens in one of its pools,
 *     before it is read anew; twice this is too old to decide by; 1 s to 30 s
 */
@ConfigurationProperties("ebb")
public record ReadingSettings(@Bindable(defaultValue = "3s") Duration readingAge) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** ARM grants 25 reads a second; a VM of a busy pool costs one each time. */
    public static final ReadingSettings DEFAULT = new ReadingSettings(Duration.ofSeconds(3));

    public ReadingSettings {
        if (readingAge.compareTo(Duration.ofSeconds(1)) < 0 || readingAge.compareTo(LONGEST) > 0) {
            throw new ContradictionException(
                    "ebb.reading-age is %s: expected 1 s to 30 s"
                            .formatted(Seconds.of(readingAge)));
        }
    }

    /**
     * Checks it against the lease: a planner decides by readings of twice this age.
     *
     * @throws ContradictionException when it would decide by what was read before it took over
     */
    public void checkAgainst(LeaseSettings settings) {
        if (readingAge.multipliedBy(2).compareTo(settings.lease()) >= 0) {
            throw new ContradictionException(
                    "twice ebb.reading-age is %s, not shorter than ebb.lease, which is %s"
                            .formatted(
                                    Seconds.of(readingAge.multipliedBy(2)),
                                    Seconds.of(settings.lease())));
        }
    }
}
