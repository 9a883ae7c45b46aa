package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.Step;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class LanesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final House house = new House(3, true);

    /** ARM would refuse it for its etag, and it would wait for the write that it takes for lost. */
    @Test
    void aWriteIsNotBegunByWhatWasSeenBeforeAnotherHadEnded() {
        house.after(SECOND);
        house.ask(Kind.DRAIN, new Target.OfVm(House.vm(1)));
        house.cloud.verdict(House.vm(1), Verdict.DOWN);
        house.beSlow();
        for (int second = 0; second < 20 && !house.told(1).contains("TakingOut"); second++) {
            house.report(House.web(1).connections(0));
            house.after(SECOND);
        }
        var sight = house.sight();
        var member =
                sight.world().vms().stream()
                        .filter(vm -> vm.id().equals(House.vm(1)))
                        .findFirst()
                        .orElseThrow()
                        .members()
                        .getFirst();
        house.answer();
        assertThat(house.cloud.isIn(House.vm(1))).isFalse();

        house.perform(sight, List.of(new Step.TakeOut(member)));
        assertThat(house.pause()).isEmpty();
    }
}
