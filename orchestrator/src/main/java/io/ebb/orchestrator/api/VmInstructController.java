package io.ebb.orchestrator.api;

import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
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
import org.jspecify.annotations.Nullable;

/** What operators ask of a VM. With {@code dryRun} nothing is written down. */
@Controller("/v1/vms")
@Secured(Roles.OPERATOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_JSON)
final class VmInstructController {
    private final Ledger ledger;
    private final Targets targets;
    private final Instructing instructing;
    private final DrainPreview.Maker previews;
    private final StandingCauses causes;

    VmInstructController(
            Ledger ledger,
            Targets targets,
            Instructing instructing,
            DrainPreview.Maker previews,
            StandingCauses causes) {
        this.ledger = ledger;
        this.targets = targets;
        this.instructing = instructing;
        this.previews = previews;
        this.causes = causes;
    }

    /** Takes the VM out of rotation until the instruction ends. */
    @Post("/{vm}:drain")
    HttpResponse<?> drain(
            HttpRequest<?> request,
            Authentication caller,
            String vm,
            @QueryValue(defaultValue = "false") boolean dryRun,
            @Nullable @Body String body) {
        var asking = asking(request, caller, body);
        var id = targets.vm(vm);
        if (dryRun) {
            return HttpResponse.ok(previews.of(id, asking));
        }
        return ask(asking, Kind.DRAIN, id, false);
    }

    /** Leaves the VM alone: nothing is taken out for it, and what was taken goes back. */
    @Post("/{vm}:exempt")
    HttpResponse<?> exempt(
            HttpRequest<?> request,
            Authentication caller,
            String vm,
            @QueryValue(defaultValue = "false") boolean dryRun,
            @Nullable @Body String body) {
        return ask(asking(request, caller, body), Kind.EXEMPT, targets.vm(vm), dryRun);
    }

    /** Puts the VM back without waiting for its health. */
    @Post("/{vm}:putBack")
    HttpResponse<?> putBack(
            HttpRequest<?> request,
            Authentication caller,
            String vm,
            @QueryValue(defaultValue = "false") boolean dryRun,
            @Nullable @Body String body) {
        var asking = asking(request, caller, body);
        var id = targets.vm(vm);
        causes.cause(id, ledger.open(), asking.now())
                .ifPresent(cause -> {
                    throw ProblemException.conflict("CauseStands", cause);
                });
        return ask(asking, Kind.PUT_BACK, id, dryRun);
    }

    private Asking asking(HttpRequest<?> request, Authentication caller, @Nullable String body) {
        return Asking.read(request, body, caller.getName(), ledger.now());
    }

    private HttpResponse<?> ask(Asking asking, Kind kind, VmId vm, boolean dryRun) {
        var wanted = asking.instruction(kind, new Target.OfVm(vm));
        return dryRun
                ? HttpResponse.ok(instructing.view(wanted))
                : Instructing.accepted(instructing.record(wanted));
    }
}
