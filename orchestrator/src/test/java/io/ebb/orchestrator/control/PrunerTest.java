package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.MemoryLedger;
import io.ebb.orchestrator.ledger.Samples;
import io.ebb.orchestrator.policy.ContradictionException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PrunerTest {
    private static final Duration DAYS = Duration.ofDays(90);

    private Instant now = Samples.SEEN;
    private final MemoryLedger ledger = new MemoryLedger(() -> now);
    private final Pruner pruner = new Pruner(ledger, new Retention(DAYS));

    private Ledger.Lease lease() {
        return ledger.lease("me", Duration.ofSeconds(10)).orElseThrow();
    }

    private void close(int drains) {
        ledger.write(
                lease(),
                Samples.drains(
                        IntStream.range(0, drains)
                                .mapToObj(i -> Samples.drain("d" + i, now))
                                .map(drain -> Samples.closed(drain, now))
                                .toArray(Ledger.Drain[]::new)));
    }

    @Test
    void aDrainIsKeptForTheRetentionAndNoLonger() {
        close(1);
        now = now.plus(DAYS);
        pruner.prune(lease());
        assertThat(ledger.drains(10)).hasSize(1);
        now = now.plus(Pruner.PAUSE);
        pruner.prune(lease());
        assertThat(ledger.drains(10)).isEmpty();
    }

    @Test
    void itLooksOnceInAWhile() {
        close(1);
        now = now.plus(DAYS).minusSeconds(1);
        pruner.prune(lease());
        now = now.plusSeconds(60);
        pruner.prune(lease());
        assertThat(ledger.drains(10)).hasSize(1);
        now = now.plus(Pruner.PAUSE);
        pruner.prune(lease());
        assertThat(ledger.drains(10)).isEmpty();
    }

    @Test
    void whatDoesNotFitIntoABatchIsDeletedAfterTheNextTurns() {
        close(Pruner.BATCH + 1);
        now = now.plus(DAYS).plusSeconds(1);
        pruner.prune(lease());
        assertThat(ledger.drains(10)).hasSize(1);
        pruner.prune(lease());
        assertThat(ledger.drains(10)).isEmpty();
    }

    @Test
    void aRetentionOfADayOrLessIsRefused() {
        assertThatThrownBy(() -> new Retention(Duration.ofDays(1)))
                .isInstanceOf(ContradictionException.class)
                .hasMessageStartingWith("ebb.retention is PT24H: it must be longer than a day");
        assertThat(new Retention(Duration.ofDays(1).plusMillis(1)).retention()).isPositive();
    }
}
