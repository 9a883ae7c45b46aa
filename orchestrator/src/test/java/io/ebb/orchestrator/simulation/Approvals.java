package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Rule 2, by the truth: an event is approved because its VMs are drained, or because an operator or
 * the policy said so in as many words. What was said of it, and what it was, until a moment ago may
 * still be followed.
 *
 * @param isMeddled whether others have just changed where a VM stands
 */
record Approvals(
        Clockwork clock,
        Azure azure,
        Ledger ledger,
        Policies policies,
        Operators operators,
        Predicate<Machine> isMeddled) {

    /** No report, sent before another, arrives so long after it. */
    static final long LATE = 9_000;

    /** An event is approved now. */
    void judge(Announced event) {
        for (var no : List.of(Kind.HOLD, Kind.CANCEL)) {
            if (operators.firmly(no, event.id)) {
                throw new Violation(2, "%s was approved, and an operator said %s", event.id, no);
            }
        }
        var objection = Optional.<String>empty();
        for (var rules : policies.lately(Operators.HEARD)) {
            for (var shown : event.lately(clock.now() - Rulebook.STALE)) {
                var terms = Policies.terms(rules, shown.type(), event.expected());
                var other = objection(event, shown, terms);
                if (other.isEmpty()) {
                    return;
                }
                objection = objection.or(() -> other);
            }
        }
        throw new Violation(2, "%s was approved%s", event.id, objection.orElseThrow());
    }

    private Optional<String> objection(Announced event, Announced.Shown shown, Terms terms) {
        if (terms.approve() == Terms.Approve.NEVER) {
            return Optional.of(", which the policy never lets be");
        }
        if (operators.lately(Kind.APPROVE, event.id)) {
            return Optional.empty();
        }
        if (terms.action() == Terms.Action.IGNORE) {
            return Optional.of(", which the policy ignores");
        }
        if (!terms.begins(Optional.of(shown.notBefore()), clock.instant())) {
            return Optional.of(" before it was a cause");
        }
        return switch (terms.approve()) {
            case AT_ONCE -> Optional.empty();
            case WHEN_DRAINED ->
                    isAtDeadline(event, shown, terms) ? Optional.empty() : lacking(event, terms);
            case BY_OPERATOR, NEVER -> Optional.of(", and no operator said so");
        };
    }

    private boolean isAtDeadline(Announced event, Announced.Shown shown, Terms terms) {
        return terms.atDeadline() == Terms.AtDeadline.APPROVE
                && shown.type() != EventType.PREEMPT
                && !clock.instant()
                        .isBefore(terms.deadline(seen(event), Optional.of(shown.notBefore())));
    }

    private Instant seen(Announced event) {
        return ledger.open().events().stream()
                .filter(row -> row.eventId().equals(event.id))
                .map(SeenEvent::seen)
                .findFirst()
                .orElse(Clockwork.at(event.shownSince));
    }

    /** What it lacks to be drained. */
    private Optional<String> lacking(Announced event, Terms terms) {
        if (event.strangers && terms.unmanaged() == Terms.Unmanaged.BLOCK) {
            return Optional.of(", and names a stranger");
        }
        for (var machine : event.machines) {
            // Nobody can know that an agent was started anew before it says so.
            if (isMeddled.test(machine) || machine.isAgentUnheard()) {
                continue;
            }
            var assumed = isAssumed(machine, terms);
            var isUnseen =
                    assumed
                            && (machine.servingFor() < Rulebook.STALE
                                    || azure.isMute(Rulebook.STALE));
            if (azure.serves(machine) && !isUnseen) {
                return Optional.of(" while %s is in rotation".formatted(machine.name));
            }
            if (machine.flows() > terms.remaining() && !assumed) {
                return Optional.of(
                        " while %s has %d connections".formatted(machine.name, machine.flows()));
            }
        }
        return Optional.empty();
    }

    /** Whether nobody counted for so long that the policy takes it for quiet, and lets that do. */
    private boolean isAssumed(Machine machine, Terms terms) {
        return terms.approveWithoutAgent()
                && machine.isSilentFor(terms.waitWithoutAgent().toMillis() - LATE, Operators.HEARD);
    }
}
