package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Cause;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.Plan;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Step;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.World;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.Occasion;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would become of a VM if an operator drained it now.
 *
 * @param mode {@code observe}: the steps would only be recorded
 * @param lookedAt when the turn looked that this is derived from
 * @param steps what would be done next
 */
@Serdeable
record DrainPreview(
        String vm,
        String vmId,
        String mode,
        Instant lookedAt,
        String state,
        String why,
        Optional<Instant> deadline,
        List<Next> steps) {

    /** A step on the VM's place in a pool, as {@code Quiesce} or {@code TakeOut}. */
    @Serdeable
    record Next(String step, String pool) {}

    /** Plans with the instruction as one more cause; nothing is written down. */
    @Singleton
    static final class Maker {
        private final Latest latest;
        private final CurrentRules rules;

        Maker(Latest latest, CurrentRules rules) {
            this.latest = latest;
            this.rules = rules;
        }

        DrainPreview of(VmId id, Asking asking) {
            var world =
                    latest.view()
                            .map(Latest.View::world)
                            .orElseThrow(
                                    () -> ProblemException.notReady("no turn has been taken yet"));
            var vm =
                    world.vms().stream()
                            .filter(seen -> seen.id().equals(id))
                            .findFirst()
                            .orElseThrow(() ->
                                    ProblemException.notReady(
                                            "the last turn did not look at this VM"));
            var asked = drained(vm, asking);
            var vms = new ArrayList<>(world.vms());
            vms.replaceAll(seen -> seen.id().equals(id) ? asked : seen);
            var plan = Plan.of(new World(world.now(), world.events(), vms, world.pools()));
            var state = Optional.ofNullable(plan.states().get(id));
            return new DrainPreview(
                    vm.name(),
                    id.value(),
                    rules.now().enforce() ? "enforce" : "observe",
                    world.now(),
                    state.map(State::word).orElse("Unknown"),
                    state.map(State::why).orElse(""),
                    Optional.of(asked.deadline()),
                    plan.steps().stream().flatMap(step -> next(step, id)).toList());
        }

        private Vm drained(Vm vm, Asking asking) {
            var pools =
                    vm.members().stream()
                            .map(member -> member.id().pool().name())
                            .collect(Collectors.toSet());
            var terms = rules.now().policy().terms(Occasion.operator(pools));
            var instruction = asking.instruction(Kind.DRAIN, new Target.OfVm(vm.id()));
            var causes = new ArrayList<>(vm.causes());
            causes.add(
                    new Cause.Instructed(
                            instruction, asking.now().plus(terms.longestDrain()), terms));
            return new Vm(
                    vm.id(),
                    vm.name(),
                    causes,
                    vm.members(),
                    vm.connections(),
                    vm.healthy(),
                    vm.hindrance(),
                    vm.domain());
        }

        private static Stream<Next> next(Step step, VmId vm) {
            return step instanceof Step.OnMember on && on.member().id().vm().equals(vm)
                    ? Stream.of(
                            new Next(
                                    step.getClass().getSimpleName(),
                                    on.member().id().pool().name()))
                    : Stream.empty();
        }
    }
}
