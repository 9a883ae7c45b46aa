package io.ebb.orchestrator.api;

import io.ebb.orchestrator.identity.Credentials;
import io.ebb.orchestrator.identity.Credentials.Owner;
import io.ebb.orchestrator.identity.Credentials.Role;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.identity.ServerCertificate;
import io.ebb.orchestrator.identity.Serving;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives an agent the token that it speaks for its VM with. */
@Controller("/v1/agents")
@Secured(Roles.ADMIN)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EnrolController {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolController.class);

    /** What Azure lets a VM's resource be called. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_])?");

    private final Credentials credentials;
    private final ServerCertificate certificate;
    private final Serving serving;
    private final EmbeddedServer server;

    EnrolController(
            Credentials credentials,
            ServerCertificate certificate,
            Serving serving,
            EmbeddedServer server) {
        this.credentials = credentials;
        this.certificate = certificate;
        this.serving = serving;
        this.server = server;
    }

    /**
     * What an agent needs.
     *
     * @param fingerprint SHA-256 of the server's certificate
     * @param token shown this once; the VM's former token is void
     */
    @Serdeable
    record Enrolment(String vm, String url, String fingerprint, String token) {}

    /** Enrols the VM. It need not exist yet: an image may be prepared with its token. */
    @Post("/{vm}:enroll")
    HttpResponse<?> enroll(HttpRequest<?> request, Authentication caller, String vm) {
        if (!NAME.matcher(vm).matches()) {
            return Problem.of(
                            request,
                            HttpStatus.UNPROCESSABLE_ENTITY,
                            "ValidationFailed",
                            "'%s' cannot be the name of a VM".formatted(vm))
                    .answer();
        }
        var token = credentials.issue(new Owner(vm, Role.AGENT));
        LOG.info("{} enrolled the agent of {}", caller.getName(), vm);
        return HttpResponse.ok(
                        new Enrolment(
                                vm,
                                serving.urlForAgents(server.getPort()),
                                certificate.fingerprint(),
                                token))
                .header("Cache-Control", "no-store");
    }
}
