package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Standing;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.pool.LoadBalancer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts together what the ledger and the last turn say of a drain. */
@Singleton
final class DrainViews {
    private final Latest latest;
    private final LoadBalancer balancer;

    DrainViews(Latest latest, LoadBalancer balancer) {
        this.latest = latest;
        this.balancer = balancer;
    }

    DrainView of(Ledger.Drain drain, Ledger.Open open) {
        return new DrainView(
                drain.id(),
                drain.vmName(),
                drain.vm().value(),
                drain.state(),
                drain.why(),
                drain.since(),
                drain.policy(),
                drain.parked(),
                drain.opened(),
                drain.closed(),
                drain.outcome(),
                drain.deadline(),
                drain.connections(),
                drain.events().stream().map(id -> cause(id, open)).toList(),
                drain.closed().isPresent() ? List.of() : places(drain.vm()),
                drain.closed().isPresent() ? Optional.empty() : byHand(drain.vm(), open),
                null);
    }

    /** An event that is over is forgotten by the ledger; its id remains. */
    private static DrainView.Cause cause(EventId id, Ledger.Open open) {
        return open.events().stream()
                .filter(seen -> seen.id().equals(id))
                .findFirst()
                .map(seen ->
                        new DrainView.Cause(
                                seen.eventId(),
                                Optional.of(seen.type()),
                                Optional.of(seen.status()),
                                seen.notBefore(),
                                seen.approved()))
                .orElseGet(() ->
                        new DrainView.Cause(
                                id.id(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    private List<DrainView.Place> places(VmId id) {
        return latest.view().stream()
                .flatMap(view -> view.world().vms().stream())
                .filter(vm -> vm.id().equals(id))
                .map(Vm::members)
                .flatMap(List::stream)
                .map(member ->
                        new DrainView.Place(member.id().pool().name(), word(member.standing())))
                .toList();
    }

    private Optional<String> byHand(VmId vm, Ledger.Open open) {
        var commands =
                open.taken().stream()
                        .filter(taken -> taken.id().vm().equals(vm))
                        .flatMap(taken -> balancer.byHand(taken.id(), taken.saved()).stream())
                        .collect(Collectors.joining(" && "));
        return commands.isEmpty() ? Optional.empty() : Optional.of(commands);
    }

    static String word(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT);
    }
}
