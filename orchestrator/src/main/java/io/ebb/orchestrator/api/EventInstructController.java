package io.ebb.orchestrator.api;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.ledger.Spoken;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators ask of a scheduled event. With {@code dryRun} nothing is written down. */
@Controller("/v1/scheduledEvents")
@Secured(Roles.OPERATOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_JSON)
final class EventInstructController {
    private final Ledger ledger;
    private final Targets targets;
    private final Instructing instructing;
    private final Approvals approvals;

    EventInstructController(
            Ledger ledger, Targets targets, Instructing instructing, Approvals approvals) {
        this.ledger = ledger;
        this.targets = targets;
        this.instructing = instructing;
        this.approvals = approvals;
    }

    /** Keeps the event from being approved; its VMs still leave rotation. */
    @Post("/{eventId}:hold")
    HttpResponse<?> hold(
            HttpRequest<?> request,
            Authentication caller,
            String eventId,
            @QueryValue(defaultValue = "false") boolean dryRun,
            @Nullable @Body String body) {
        return ask(Kind.HOLD, request, caller, eventId, dryRun, body);
    }

    /** Approves the event, drained or not: Azure then starts it for all VMs that it names. */
    @Post("/{eventId}:approve")
    HttpResponse<?> approve(
            HttpRequest<?> request,
            Authentication caller,
            String eventId,
            @QueryValue(defaultValue = "false") boolean dryRun,
            @Nullable @Body String body) {
        return ask(Kind.APPROVE, request, caller, eventId, dryRun, body);
    }

    /** Lets go of the event: it takes nothing out, and is not approved. */
    @Post("/{eventId}:cancel")
    HttpResponse<?> cancel(
            HttpRequest<?> request,
            Authentication caller,
            String eventId,
            @QueryValue(defaultValue = "false") boolean dryRun,
            @Nullable @Body String body) {
        return ask(Kind.CANCEL, request, caller, eventId, dryRun, body);
    }

    private HttpResponse<?> ask(
            Kind kind,
            HttpRequest<?> request,
            Authentication caller,
            String eventId,
            boolean dryRun,
            @Nullable String body) {
        var asking = Asking.read(request, body, caller.getName(), ledger.now());
        var open = ledger.open();
        var event = targets.event(eventId, open);
        var wanted = asking.instruction(kind, new Target.OfEvent(event.id()));
        // What was asked before under this id is answered as it was, whatever has become of it.
        if (dryRun || ledger.instruction(wanted.id()).isEmpty()) {
            Spoken.check(wanted, Optional.of(event), open.instructions());
            if (kind == Kind.APPROVE) {
                approvals.check(event);
            }
        }
        if (dryRun) {
            return HttpResponse.ok(told(instructing.view(wanted), wanted, event));
        }
        return Instructing.accepted(told(instructing.record(wanted), wanted, event));
    }

    private InstructionView told(InstructionView view, Instruction wanted, SeenEvent event) {
        return wanted.kind() == Kind.APPROVE ? view.starting(approvals.starts(event)) : view;
    }
}
