package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Wake;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.PolicyVersion;
import io.ebb.orchestrator.policy.ContradictionException;
import io.ebb.orchestrator.policy.CurrentRules;
import io.ebb.orchestrator.policy.PolicyDocument;
import io.ebb.orchestrator.policy.Rules;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The policy: read, replaced as a whole, and asked about. */
@Controller("/v1")
@Secured(Roles.READER)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_JSON)
final class PolicyController {
    private final Ledger ledger;
    private final CurrentRules rules;
    private final PolicyDocument settings;
    private final Wake wake;

    PolicyController(Ledger ledger, CurrentRules rules, PolicyDocument settings, Wake wake) {
        this.ledger = ledger;
        this.rules = rules;
        this.settings = settings;
        this.wake = wake;
    }

    /** The version in force, with what it comes to for each type of event. */
    @Get("/policy")
    HttpResponse<?> policy(HttpRequest<?> request) {
        var inForce = ledger.policy();
        var tag = tag(inForce);
        if (tags(request, HttpHeaders.IF_NONE_MATCH).stream()
                .anyMatch(known -> known.equals(tag) || known.equals("W/" + tag))) {
            return HttpResponse.notModified().header(HttpHeaders.ETAG, tag);
        }
        return answer(inForce);
    }

    /** Replaces it. {@code reason} stands beside policy, pools and rules. */
    @Put("/policy")
    @Secured(Roles.ADMIN)
    HttpResponse<?> revise(HttpRequest<?> request, Authentication caller, @Body String body) {
        var fields = JsonBody.read(body, List.of("policy", "pools", "rules", "reason"));
        var expected = expected(request);
        var document = document(fields.without("reason"));
        read(document);
        var why = fields.text("reason").map(String::strip).orElse("");
        var next = ledger.revise(expected, document.write(), caller.getName(), why);
        wake.up();
        return answer(Optional.of(next));
    }

    /** What the policy says for an event, or what another one would say. */
    @Post("/policy:evaluate")
    TermsView evaluate(@Body String body) {
        var fields =
                JsonBody.read(
                        body, List.of("type", "source", "expectedSeconds", "pools", "document"));
        var asked = TermsView.occasion(fields);
        var answering =
                fields.json("document")
                        .map(PolicyController::document)
                        .map(this::read)
                        .orElseGet(() -> rules.of(ledger.policy()));
        return TermsView.of(answering, asked);
    }

    /**
     * The version that the caller has read.
     *
     * @throws ProblemException when it does not say so, or another one is in force
     */
    private int expected(HttpRequest<?> request) {
        var known = tags(request, HttpHeaders.IF_MATCH);
        if (known.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "PreconditionRequired",
                    "send If-Match with the ETag of the policy that you have read");
        }
        var inForce = ledger.policy();
        if (!known.contains("*") && !known.contains(tag(inForce))) {
            throw new ProblemException(
                    HttpStatus.PRECONDITION_FAILED,
                    "PreconditionFailed",
                    "version %d of the policy is in force; read it anew"
                            .formatted(version(inForce)));
        }
        return version(inForce);
    }

    private static List<String> tags(HttpRequest<?> request, String header) {
        return request.getHeaders().getAll(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String tag(Optional<PolicyVersion> inForce) {
        return "\"%d\"".formatted(version(inForce));
    }

    private static int version(Optional<PolicyVersion> inForce) {
        return inForce.map(PolicyVersion::version).orElse(0);
    }

    private HttpResponse<?> answer(Optional<PolicyVersion> inForce) {
        var view =
                inForce.map(version -> PolicyView.of(version, rules.of(inForce)))
                        .orElseGet(() -> PolicyView.of(settings.write(), rules.now()));
        return HttpResponse.ok(view).header(HttpHeaders.ETAG, tag(inForce));
    }

    private static PolicyDocument document(String json) {
        try {
            return PolicyDocument.read(json);
        } catch (ContradictionException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private Rules read(PolicyDocument document) {
        try {
            return rules.read(document.write());
        } catch (ContradictionException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
