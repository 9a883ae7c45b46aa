package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.Occasion;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an operator's approval of an event would do, and whether the policy lets it be done. */
@Singleton
final class Approvals {
    private final Latest latest;
    private final CurrentRules rules;

    Approvals(Latest latest, CurrentRules rules) {
        this.latest = latest;
        this.rules = rules;
    }

    /**
     * Refuses what the policy forbids and what would do nothing.
     *
     * @throws ProblemException saying which of both
     */
    void check(SeenEvent event) {
        if (terms(event).approve() == Terms.Approve.NEVER) {
            throw ProblemException.conflict(
                    "PolicyForbids",
                    "the policy says never to approve this %s: Azure starts it at NotBefore"
                            .formatted(event.type()));
        }
        var isLookedAt =
                latest.view().filter(v -> !v.world().now().isBefore(event.seen())).isPresent();
        if (isLookedAt && planned(event).isEmpty()) {
            throw ProblemException.conflict(
                    "NotManaged", "none of its VMs is managed: Ebb does not approve it");
        }
    }

    /** Every VM that Azure starts with it. */
    List<StartView> starts(SeenEvent event) {
        return StartView.of(event, planned(event), latest.view());
    }

    /** As the last turn knew it; of one that it did not know, what holds for its type. */
    private Terms terms(SeenEvent event) {
        return planned(event)
                .map(Event::terms)
                .orElseGet(() ->
                        rules.now()
                                .policy()
                                .terms(
                                        new Occasion(
                                                EventType.of(event.type()),
                                                event.source(),
                                                event.expected(),
                                                Set.of())));
    }

    private Optional<Event> planned(SeenEvent event) {
        return latest.view()
                .flatMap(view ->
                        view.world().events().stream()
                                .filter(known -> known.id().equals(event.id()))
                                .findFirst());
    }
}
