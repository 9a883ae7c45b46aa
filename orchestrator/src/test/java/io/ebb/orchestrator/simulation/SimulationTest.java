package io.ebb.orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.ebb.orchestrator.ledger.MemoryLedger;
import io.ebb.orchestrator.ledger.jdbc.JdbcLedger;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Thousands of runs in virtual time. {@code -Debb.simulation.runs} and {@code
 * -Debb.simulation.seed} say how many and from which seed on; a run is its seed. Every tenth of
 * them lives on H2, or every so manieth as {@code -Debb.simulation.h2} says; 0: none.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SimulationTest {
    private static final int RUNS = Integer.getInteger("ebb.simulation.runs", 2000);
    private static final long SEED = Long.getLong("ebb.simulation.seed", 1);
    private static final Stores STORES = new Stores(Integer.getInteger("ebb.simulation.h2", 10));
    private static final Stores MEMORY = new Stores(0);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.ebb");

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.ERROR);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
        STORES.close();
    }

    @Test
    void noRuleBreaksWhateverTheWorldDoes() throws IOException {
        var report = new CostReport();
        var rate = new Rate();
        for (var seed = SEED; seed < SEED + RUNS; seed++) {
            try {
                live(seed, report, rate);
            } catch (Violation | RuntimeException e) {
                fail(told(seed, Mutant.NONE), e);
            }
        }
        report.write(SEED, rate);
        System.out.println("simulation from seed " + SEED + ": " + rate);
    }

    private static void live(long seed, CostReport report, Rate rate) {
        Runnable living =
                () -> {
                    var run = new Run(seed, STORES, Mutant.NONE, false);
                    run.live();
                    report.add(run.costs());
                };
        if (STORES.isInMemory(seed)) {
            rate.time(living);
        } else {
            living.run();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theSimulationFindsWhoeverBreaksARuleOnPurpose(Mutant mutant) {
        for (var seed = SEED; seed < SEED + 2000; seed++) {
            try {
                new Run(seed, MEMORY, mutant, false).live();
            } catch (Violation found) {
                // It may break another rule as well before it breaks its own.
                if (String.valueOf(found.getMessage()).startsWith("rule " + mutant.rule() + ":")) {
                    return;
                }
            }
        }
        fail(mutant + " was not found");
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(story(SEED, Mutant.NONE)).isEqualTo(story(SEED, Mutant.NONE)).isNotEmpty();
    }

    @Test
    void aTenthOfTheRunsLivesOnH2() {
        try (var stores = new Stores(10)) {
            assertThat(stores.of(20, Instant::now)).isInstanceOf(JdbcLedger.class);
            assertThat(stores.of(21, Instant::now)).isInstanceOf(MemoryLedger.class);
        }
    }

    private static String told(long seed, Mutant mutant) {
        return "-Debb.simulation.runs=1 -Debb.simulation.seed=%d%n%s"
                .formatted(seed, String.join("\n", story(seed, mutant)));
    }

    private static List<String> story(long seed, Mutant mutant) {
        var run = new Run(seed, STORES, mutant, true);
        try {
            run.live();
        } catch (Violation | RuntimeException e) {
            return run.story();
        }
        return run.story();
    }
}
