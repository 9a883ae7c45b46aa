package io.ebb.orchestrator.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A VM that was called back into its pools, while a removal from one of them may still arrive, and
 * that has a cause again.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class CalledBackTest {
    private static final VmId CALLED_BACK = new VmId("vm-0");
    private static final VmId OTHER = new VmId("vm-1");

    private static final Cause ASKED =
            new Cause.Instructed(
                    new Instruction(
                            "1",
                            Instruction.Kind.DRAIN,
                            new Instruction.Target.OfVm(CALLED_BACK),
                            "ann",
                            "because",
                            Cases.NOW,
                            Optional.empty()),
                    Cases.LATER,
                    Terms.DEFAULT);

    private static Vm vm(VmId id, List<Cause> causes, Member... members) {
        return new Vm(
                id,
                id.value(),
                causes,
                Arrays.asList(members),
                new Connections.Open(1),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private static Member member(VmId vm, PoolId pool, Standing standing, Taken taken) {
        return new Member(new MemberId(vm, pool, "nic"), Strategy.REMOVE, standing, taken);
    }

    private static Set<VmId> refused(Standing ofOther, Taken taken) {
        var called =
                vm(
                        CALLED_BACK,
                        List.of(ASKED),
                        member(CALLED_BACK, Cases.WEB, Standing.IN, Taken.JUST_NOW),
                        member(CALLED_BACK, Cases.API, Standing.IN, Taken.NO));
        var other =
                vm(
                        OTHER,
                        List.of(),
                        member(OTHER, Cases.WEB, Standing.IN, Taken.NO),
                        member(OTHER, Cases.API, ofOther, taken));
        var pools = List.of(new Pool(Cases.WEB, 1, 1, false), new Pool(Cases.API, 0, 2, false));
        return Budget.refusals(new World(Cases.NOW, List.of(), List.of(called, other), pools))
                .keySet();
    }

    @Test
    void itIsJudgedAgainWhereOthersWereLetOutMeanwhile() {
        assertThat(refused(Standing.QUIESCED, Taken.YES)).containsExactly(CALLED_BACK);
    }

    @Test
    void itLeavesWhereOthersStayAndTheRemovalThatMayArriveCostsNothingMore() {
        assertThat(refused(Standing.IN, Taken.NO)).isEmpty();
    }
}
