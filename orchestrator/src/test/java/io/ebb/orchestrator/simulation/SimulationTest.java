package io.ebb.orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
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
 * -Debb.simulation.seed} say how many and from which seed on; a run is its seed.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SimulationTest {
    private static final int RUNS = Integer.getInteger("ebb.simulation.runs", 2000);
    private static final long SEED = Long.getLong("ebb.simulation.seed", 1);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.ebb");

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.ERROR);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    void noRuleBreaksWhateverTheWorldDoes() {
        for (var seed = SEED; seed < SEED + RUNS; seed++) {
            try {
                new Run(seed, Mutant.NONE, false).live();
            } catch (Violation | RuntimeException e) {
                fail(told(seed, Mutant.NONE), e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theSimulationFindsWhoeverBreaksARuleOnPurpose(Mutant mutant) {
        for (var seed = SEED; seed < SEED + 2000; seed++) {
            try {
                new Run(seed, mutant, false).live();
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

    private static String told(long seed, Mutant mutant) {
        return "-Debb.simulation.runs=1 -Debb.simulation.seed=%d%n%s"
                .formatted(seed, String.join("\n", story(seed, mutant)));
    }

    private static List<String> story(long seed, Mutant mutant) {
        var run = new Run(seed, mutant, true);
        try {
            run.live();
        } catch (Violation | RuntimeException e) {
            return run.story();
        }
        return run.story();
    }
}
