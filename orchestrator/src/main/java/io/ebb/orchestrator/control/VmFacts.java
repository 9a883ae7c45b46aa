package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Cause;
import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Notice;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.Vm;
import io.ebb.orchestrator.drain.Vm.Hindrance;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.Testimony;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.policy.Occasion;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.Inventory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Joins all that is known of a VM: its causes, its members, its agent's word, its operator's. */
final class VmFacts {
    private final List<Event> events;
    private final Map<VmId, Testimony> testimonies;
    private final Hindrances hindrances;
    private final Rest rest;
    private final List<Instruction> words;
    private final List<Ledger.Drain> drains;
    private final Rules rules;
    private final Instant now;

    /** What the policy says for an operator's drain, by the names of the pools concerned. */
    private final Map<Set<String>, Terms> byOperator = new HashMap<>();

    VmFacts(
            List<Event> events,
            Map<VmId, Testimony> testimonies,
            Hindrances hindrances,
            Rest rest,
            Ledger.Open open,
            Rules rules,
            Instant now) {
        this.events = events;
        this.testimonies = testimonies;
        this.hindrances = hindrances;
        this.rest = rest;
        this.words = open.instructions();
        this.drains = open.drains();
        this.rules = rules;
        this.now = now;
    }

    /** One VM. */
    Vm vm(Inventory.KnownVm known, Members.Found found) {
        var id = known.id();
        var byOperator = byOperator(found.pools());
        var causes = Cause.of(id, events, words, byOperator, now);
        var terms = causes.isEmpty() ? byOperator : careful(causes);
        var resting = rest.since(id, found.members(), now);
        var vitals = new Vitals(Optional.ofNullable(testimonies.get(id)), terms, rules, now);
        return new Vm(
                id,
                known.name(),
                causes,
                found.members(),
                vitals.connections(found.countable(), resting),
                isAsked(Kind.PUT_BACK, id) || vitals.healthySince(lastTurn(id), known.running()),
                exempt(id)
                        .or(found::hindrance)
                        .or(() -> Orphans.hindrance(known))
                        .or(() -> hindrances.of(id, now).map(Hindrance.CannotLeave::new)),
                known.domain());
    }

    private static Terms careful(List<Cause> causes) {
        var terms = causes.getFirst().terms();
        for (var cause : causes) {
            terms = terms.careful(cause.terms());
        }
        return terms;
    }

    private Terms byOperator(Set<String> pools) {
        return byOperator.computeIfAbsent(
                pools, names -> rules.policy().terms(Occasion.operator(names)));
    }

    private boolean isAsked(Kind kind, VmId vm) {
        for (var word : words) {
            if (word.asks(kind, vm)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Hindrance> exempt(VmId vm) {
        for (var word : words) {
            if (word.asks(Kind.EXEMPT, vm)) {
                return Optional.of(new Hindrance.CannotLeave("exempt: " + word.words()));
            }
        }
        return Optional.empty();
    }

    /**
     * When the VM's last event was gone, or when it was to leave if that is later, as it is by an
     * operator's word: what was before says nothing of how it is now.
     */
    private Instant lastTurn(VmId vm) {
        var last = Instant.EPOCH;
        for (var drain : drains) {
            if (drain.vm().equals(vm)) {
                last = drain.opened();
            }
        }
        for (var event : events) {
            if (event.vms().contains(vm)
                    && event.notice() instanceof Notice.Gone(var since)
                    && since.isAfter(last)) {
                last = since;
            }
        }
        return last;
    }
}
