package io.ebb.orchestrator.api;

import io.ebb.orchestrator.drain.Event;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.policy.TermsWords;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A scheduled event.
 *
 * @param id the EventId as Azure wrote it
 * @param scope whose VMs share the document it stands in
 * @param status {@code Scheduled}, {@code Started} or {@code Gone}
 * @param seen when Ebb first heard of it
 * @param approved why it was approved; empty: it was not
 * @param acknowledged when the approval was taken
 * @param inSight whether a fresh document shows it now
 * @param deadline when draining for it ends
 * @param strangers its VMs that Ebb does not manage
 * @param approve when the policy has it approved; empty: the last turn did not know it
 * @param atDeadline what the policy does when its VMs are not drained at the deadline
 * @param instructions what operators ask of it, as far as it stands
 */
@Serdeable
record EventView(
        String id,
        String scope,
        String type,
        String status,
        String source,
        String description,
        List<String> vms,
        Optional<Instant> notBefore,
        Instant seen,
        Optional<Instant> gone,
        Optional<String> approved,
        Optional<Instant> acknowledged,
        boolean inSight,
        Optional<Instant> deadline,
        List<String> strangers,
        Optional<String> approve,
        Optional<String> atDeadline,
        List<InstructionView> instructions) {

    static EventView of(
            SeenEvent seen, Optional<Event> planned, List<InstructionView> instructions) {
        return new EventView(
                seen.eventId(),
                seen.id().scope(),
                seen.type(),
                seen.status(),
                seen.source(),
                seen.description(),
                seen.vms(),
                seen.notBefore(),
                seen.seen(),
                seen.gone(),
                seen.approved(),
                seen.acknowledged(),
                planned.map(Event::inSight).orElse(false),
                planned.map(Event::deadline),
                planned.map(Event::strangers).orElse(List.of()),
                planned.map(event -> TermsWords.word(event.terms().approve())),
                planned.map(event -> TermsWords.word(event.terms().atDeadline())),
                instructions);
    }
}
