package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.Notice;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.drain.Why;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.policy.Occasion;
import io.ebb.orchestrator.policy.Policy;
import io.ebb.orchestrator.pool.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which VMs an event concerns, and what the policy and the operators say for it. Pure. */
final class Concerns {
    private final Inventory.Fleet fleet;
    private final Map<VmId, Set<String>> pools;
    private final Policy policy;
    private final List<Instruction> words;

    /**
     * @param pools names of each VM's pools
     * @param words the instructions that stand
     */
    Concerns(
            Inventory.Fleet fleet,
            Map<VmId, Set<String>> pools,
            Policy policy,
            List<Instruction> words) {
        this.fleet = fleet;
        this.pools = pools;
        this.policy = policy;
        this.words = words;
    }

    /** The events as the plan sees them; those that name no VM of Ebb's are left out. */
    List<Event> of(Events merged) {
        var events = new ArrayList<Event>();
        for (var row : merged.rows().values()) {
            var vms = new HashSet<VmId>();
            var strangers = new ArrayList<String>();
            for (var name : row.vms()) {
                find(row.id().scope(), name)
                        .ifPresentOrElse(vm -> vms.add(vm.id()), () -> strangers.add(name));
            }
            if (!vms.isEmpty()) {
                events.add(event(row, vms, strangers, merged.witnesses(row.id())));
            }
        }
        return events;
    }

    private Event event(SeenEvent row, Set<VmId> vms, List<String> strangers, Set<VmId> witnesses) {
        var notice =
                switch (row.status()) {
                    case Events.STARTED -> new Notice.Started();
                    case Events.GONE -> new Notice.Gone(row.gone().orElse(row.seen()));
                    default -> new Notice.Scheduled(row.notBefore());
                };
        var terms = policy.terms(occasion(row, vms));
        return new Event(
                row.id(),
                EventType.of(row.type()),
                vms,
                strangers,
                notice,
                row.seen(),
                deadline(row, terms),
                terms,
                about(row),
                witnesses,
                row.approved().map(Why::valueOf),
                row.acknowledged().isPresent());
    }

    private Occasion occasion(SeenEvent row, Set<VmId> vms) {
        return new Occasion(EventType.of(row.type()), row.source(), row.expected(), pools(vms));
    }

    private Set<String> pools(Set<VmId> vms) {
        if (vms.size() == 1) {
            return pools.getOrDefault(vms.iterator().next(), Set.of());
        }
        var names = new HashSet<String>();
        vms.forEach(vm -> names.addAll(pools.getOrDefault(vm, Set.of())));
        return names;
    }

    private List<Instruction> about(SeenEvent row) {
        var about = new ArrayList<>(words);
        about.removeIf(
                word -> !(word.target() instanceof Target.OfEvent(var id) && id.equals(row.id())));
        return about;
    }

    /** What began without an announcement takes its VMs down now. */
    private static Instant deadline(SeenEvent row, Terms terms) {
        return row.status().equals(Events.STARTED) && row.notBefore().isEmpty()
                ? row.seen()
                : terms.deadline(row.seen(), row.notBefore());
    }

    /** Whole names, whatever their case; old api-versions put an underscore in front. */
    private Optional<Inventory.KnownVm> find(String scope, String name) {
        var plain = name.startsWith("_") ? name.substring(1) : name;
        for (var vm : fleet.vms()) {
            var isNamed = vm.name().equalsIgnoreCase(plain) || vm.name().equalsIgnoreCase(name);
            if (isNamed && vm.scopeUnit().equalsIgnoreCase(scope)) {
                return Optional.of(vm);
            }
        }
        return Optional.empty();
    }
}
