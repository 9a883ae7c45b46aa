package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.pool.CurrentFleet;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what an operator names. */
@Singleton
final class Targets {
    private final Ledger ledger;
    private final Latest latest;
    private final CurrentFleet fleet;

    Targets(Ledger ledger, Latest latest, CurrentFleet fleet) {
        this.ledger = ledger;
        this.latest = latest;
        this.fleet = fleet;
    }

    /**
     * The VM of this name or this vmId, whatever the case.
     *
     * @throws ProblemException when there is none, or more than one of this name
     */
    VmId vm(String text) {
        var known = known(ledger.open());
        if (known.isEmpty()) {
            throw ProblemException.notReady("the inventory has not been read yet");
        }
        var id = new VmId(text);
        if (known.containsKey(id)) {
            return id;
        }
        var named =
                known.entrySet().stream()
                        .filter(vm -> vm.getValue().equalsIgnoreCase(text))
                        .map(Map.Entry::getKey)
                        .toList();
        if (named.isEmpty()) {
            throw ProblemException.notFound("no VM has the name or the vmId " + text);
        }
        if (named.size() > 1) {
            throw ProblemException.conflict(
                    "Ambiguous",
                    "%d VMs are called %s; say which by its vmId: %s"
                            .formatted(
                                    named.size(),
                                    text,
                                    named.stream()
                                            .map(VmId::value)
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        return named.getFirst();
    }

    /** The name of a VM that is known. */
    Optional<String> name(VmId vm) {
        return Optional.ofNullable(known(ledger.open()).get(vm));
    }

    /** Names by vmId: those of the inventory, and those that left it while their drain is open. */
    Map<VmId, String> known(Ledger.Open open) {
        var known = new LinkedHashMap<VmId, String>();
        fleet.get()
                .or(() -> latest.view().map(Latest.View::fleet))
                .ifPresent(read -> read.vms().forEach(vm -> known.put(vm.id(), vm.name())));
        open.drains().forEach(drain -> known.putIfAbsent(drain.vm(), drain.vmName()));
        return known;
    }

    /**
     * The open event of this id, whatever the case.
     *
     * @throws ProblemException when there is none, or one in each of several scopes
     */
    SeenEvent event(String text, Ledger.Open open) {
        var found =
                open.events().stream()
                        .filter(event -> event.eventId().equalsIgnoreCase(text))
                        .toList();
        if (found.isEmpty()) {
            throw ProblemException.notFound("no open event has the id " + text);
        }
        if (found.size() > 1) {
            throw ProblemException.conflict(
                    "Ambiguous",
                    "the event %s is known in several scopes: %s"
                            .formatted(
                                    text,
                                    found.stream()
                                            .map(event -> event.id().scope())
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        return found.getFirst();
    }
}
