package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.FakeCloud;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of an approval that no agent brings about. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ControlPlaneTest {
    private static final String EVENT = Drill.scheduled("A1", "web-1");
    private static final EventId A1 = new EventId(FakeCloud.SET, "A1");
    private static final String ASKED = A1.scope() + " A1";

    /** A failed order is replaced within it. */
    private static final Duration PAUSE = Duration.ofSeconds(6);

    private final Drill drill = new Drill(3);
    private final House house = drill.house;
    private final Set<String> failed = new HashSet<>();

    @BeforeEach
    void theVmIsDrainedAndAnAgentIsToApprove() {
        house.approver.on();
        drill.drain(new int[] {1}, EVENT);
        assertThat(drill.orders(EVENT)).hasSize(1);
    }

    /** The agent that has a new order fails; the number of its VM. */
    private int oneFails() {
        for (var vm = 0; vm < 3; vm++) {
            for (var order : drill.wish(vm, EVENT).approve()) {
                if (failed.add(order.id())) {
                    house.report(House.web(vm).sees(EVENT).result(order.id(), false));
                    drill.pass(PAUSE, EVENT);
                    return vm;
                }
            }
        }
        throw new AssertionError("nobody has a new order");
    }

    private void eachFails() {
        assertThat(List.of(oneFails(), oneFails(), oneFails())).containsExactly(1, 0, 2);
    }

    private Ledger.Entry told(String type) {
        return house.ledger.timelineAfter(0, 1000).stream()
                .filter(entry -> entry.type().equals(type))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private boolean isAcknowledged() {
        return house.ledger.open().events().getFirst().acknowledged().isPresent();
    }

    @Test
    void onceEachWitnessHasFailedTheControlPlaneApprovesAndItIsRecordedOnce() {
        assertThat(oneFails()).isEqualTo(1);
        assertThat(oneFails()).isZero();
        assertThat(house.approver.asked()).isEmpty();
        assertThat(oneFails()).isEqualTo(2);
        assertThat(house.approver.asked()).containsExactly(ASKED);
        assertThat(isAcknowledged()).isTrue();
        assertThat(told("EventApproved").who()).isEqualTo("control plane");

        drill.pass(Duration.ofMinutes(2), EVENT);
        assertThat(house.approver.asked()).hasSize(1);
        assertThat(drill.orders(EVENT)).isEmpty();
        assertThat(house.told(1)).containsOnlyOnce("EventApproved");
    }

    @Test
    void anAgentThatTakesAnOrderAndSaysNothingHasFailedToo() {
        drill.pass(Duration.ofMinutes(1), EVENT);
        assertThat(house.approver.asked()).containsExactly(ASKED);
        assertThat(isAcknowledged()).isTrue();
    }

    @Test
    void whoeverSwitchesItOffHasTheAgentsTryForEver() {
        var off = new Drill(3);
        off.drain(new int[] {1}, EVENT);
        off.pass(Duration.ofMinutes(3), EVENT);
        assertThat(off.house.approver.asked()).isEmpty();
        assertThat(off.orders(EVENT)).hasSize(1);
    }

    @Test
    void whenItFailsTheTimelineSaysWhyAndTheAgentsHaveTheirTurnAgainInBetween() {
        house.approver.failNext(
                new CloudException.Transient("asking: ARM answered 503", Optional.empty(), null));
        eachFails();
        assertThat(house.approver.asked()).hasSize(1);
        assertThat(told("ApprovalFailed"))
                .satisfies(entry -> {
                    assertThat(entry.who()).isEqualTo("control plane");
                    assertThat(entry.message()).endsWith("asking: ARM answered 503");
                });
        drill.pass(PAUSE, EVENT);
        eachFails();
        assertThat(house.approver.asked()).as("within half a minute").hasSize(1);
        eachFails();
        assertThat(house.approver.asked()).hasSize(2);
        assertThat(isAcknowledged()).isTrue();
    }

    @Test
    void aMissingRightIsNotHammered() {
        for (var times = 0; times < 2; times++) {
            house.approver.failNext(new CloudException.Permanent("asking: ARM answered 403", null));
        }
        eachFails();
        drill.pass(Duration.ofMinutes(4), EVENT);
        assertThat(house.approver.asked()).hasSize(1);
        drill.pass(Duration.ofMinutes(2), EVENT);
        assertThat(house.approver.asked()).hasSize(2);
        assertThat(house.ledger.timelineAfter(0, 1000))
                .filteredOn(entry -> entry.message().endsWith("asking: ARM answered 403"))
                .hasSize(2);
    }

    @Test
    void anEventThatIsHeldMeanwhileIsNotApproved() {
        house.beSlow();
        eachFails();
        house.ask(Kind.HOLD, new Target.OfEvent(A1));
        house.answer();
        drill.pass(Duration.ofMinutes(2), EVENT);
        house.answer();
        assertThat(house.approver.asked()).isEmpty();
    }

    @Test
    void anEventThatAnAgentHasApprovedMeanwhileIsNotApprovedAgain() {
        house.beSlow();
        var last = drill.wish(1, EVENT).approve().getFirst().id();
        eachFails();
        house.report(House.web(1).sees(EVENT).result(last, true));
        assertThat(isAcknowledged()).isTrue();
        house.answer();
        assertThat(house.approver.asked()).isEmpty();
    }

    @Test
    void nothingIsSentAfterTheLeaseThatPlannedIt() {
        house.beSlow();
        eachFails();
        var late = house.pause();
        assertThat(late).hasSize(1);
        drill.pass(House.TERM, EVENT);
        late.forEach(Runnable::run);
        assertThat(house.approver.asked()).isEmpty();
    }

    @Test
    void nothingIsBegunWhereTheLeaseIsTooShortForTheRequest() {
        house.beSlow();
        eachFails();
        house.pause();
        var orders = house.ledger.standing(Ledger.Order.CONTROL_PLANE).orders();
        var another =
                new ControlPlane(
                        house.approver,
                        house.ledger,
                        new Orders(house.approver),
                        new Wake(),
                        Runnable::run,
                        System::nanoTime);
        for (var left : List.of(4, 5)) {
            assertThat(house.approver.asked()).isEmpty();
            var lease = new Ledger.Lease("house", 1, house.now().plusSeconds(left));
            another.perform(lease, House.TERM, orders);
        }
        assertThat(house.approver.asked()).containsExactly(ASKED);
    }

    @Test
    void oneCallAtATimeIsUnderWayForAnEvent() {
        house.beSlow();
        eachFails();
        drill.pass(Duration.ofSeconds(8), EVENT);
        assertThat(house.pause()).hasSize(1);
    }

    @Test
    void anEventThatNoAgentSeesAnyMoreIsNotApproved() {
        assertThat(List.of(oneFails(), oneFails())).containsExactly(1, 0);
        drill.house.after(Duration.ofMinutes(2));
        drill.house.after(Duration.ofMinutes(2));
        assertThat(house.approver.asked()).isEmpty();
    }
}
