package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.policy.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is a reason for a VM to be out, by the policy. No turn is written that does not know the
 * policy in force; what was sent or asked before may still be under way.
 */
record Causes(Clockwork clock, Policies policies, Operators operators) {
    /** Announcements that are so close are one. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private Terms terms(SeenEvent row) {
        return Policies.terms(policies.now(), EventType.of(row.type()), row.expected());
    }

    /** Whether an event is one, as it is written down now. */
    boolean is(SeenEvent row) {
        var terms = terms(row);
        var considered =
                terms.action() == Terms.Action.DRAIN
                        && (row.status().equals("Started")
                                || terms.begins(row.notBefore(), clock.instant()));
        return (considered || row.approved().isPresent())
                && !operators.firmly(Kind.CANCEL, row.eventId());
    }

    /** Whether its deadline has come, and it takes its VMs out however few remain. */
    boolean isPressing(SeenEvent row) {
        var terms = terms(row);
        return terms.belowMinimum() == Terms.BelowMinimum.TAKE_OUT
                && is(row)
                && !clock.instant().isBefore(deadline(row, terms));
    }

    private static Instant deadline(SeenEvent row, Terms terms) {
        return row.status().equals("Started") && row.notBefore().isEmpty()
                ? row.seen()
                : terms.deadline(row.seen(), row.notBefore());
    }

    /** Whether an event has been one for so long that everybody knows, whatever it was before. */
    boolean isFirmly(Announced event) {
        for (var rules : policies.lately(Operators.HEARD)) {
            for (var shown : event.lately(clock.now() - Rulebook.STALE)) {
                var terms = Policies.terms(rules, shown.type(), event.expected());
                if (terms.action() == Terms.Action.IGNORE || !hasBegun(event, shown, terms)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean hasBegun(Announced event, Announced.Shown shown, Terms terms) {
        var planned = clock.instant().minusMillis(Rulebook.LEASE);
        var isStarted = event.started && event.startedAt + Rulebook.STALE < clock.now();
        return isStarted || terms.begins(Optional.of(shown.notBefore()), planned);
    }

    /** Whether nobody but the load balancer is asked whether a VM with these events is well. */
    boolean isLeftToTheProbe(Machine machine, List<Announced> events) {
        for (var rules : policies.lately(Operators.HEARD)) {
            var terms = new ArrayList<>(List.of(rules.policy().terms(Occasion.operator(Set.of()))));
            for (var event : events) {
                for (var shown : event.lately(clock.now() - Rulebook.STALE)) {
                    terms.add(Policies.terms(rules, shown.type(), event.expected()));
                }
            }
            if (terms.stream().anyMatch(of -> isLeftToTheProbe(machine, of))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLeftToTheProbe(Machine machine, Terms terms) {
        return terms.withoutAgent() == Terms.WithoutAgent.PROBE
                && machine.isSilentFor(
                        terms.waitWithoutAgent().toMillis() - Approvals.LATE, Operators.HEARD);
    }

    /**
     * Whether these are of one update domain, and the same was announced for each of them; one
     * event of all of them is the same whatever has become of it.
     */
    static boolean areTogether(Collection<Machine> machines, List<SeenEvent> events) {
        var domains = machines.stream().map(machine -> machine.domain).distinct().toList();
        return domains.size() == 1
                && domains.getFirst().isPresent()
                && events.stream()
                        .anyMatch(one ->
                                machines.stream()
                                        .allMatch(machine ->
                                                events.stream()
                                                        .filter(other -> isOne(one, other))
                                                        .anyMatch(other -> names(other, machine))));
    }

    private static boolean names(SeenEvent row, Machine machine) {
        return row.vms().contains(machine.name);
    }

    private static boolean isOne(SeenEvent one, SeenEvent other) {
        return one.id().equals(other.id()) || isAnnouncedWith(one, other);
    }

    private static boolean isAnnouncedWith(SeenEvent one, SeenEvent other) {
        return one.id().scope().equals(other.id().scope())
                && one.type().equals(other.type())
                && one.status().equals("Scheduled")
                && other.status().equals("Scheduled")
                && one.notBefore().isPresent()
                && other.notBefore().isPresent()
                && Duration.between(one.notBefore().get(), other.notBefore().get())
                                .abs()
                                .compareTo(SAME)
                        <= 0;
    }
}
