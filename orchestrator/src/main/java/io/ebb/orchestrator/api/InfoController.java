package io.ebb.orchestrator.api;

import io.ebb.orchestrator.control.Latest;
import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.policy.Rules;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;

/** What runs here, and how it is. */
@Controller("/v1/info")
@Secured(Roles.READER)
final class InfoController {
    private final Rules rules;
    private final Latest latest;

    InfoController(Rules rules, Latest latest) {
        this.rules = rules;
        this.latest = latest;
    }

    /**
     * The orchestrator.
     *
     * @param mode {@code observe} or {@code enforce}
     * @param lookedAt when the last turn looked
     * @param problem why the last turn failed; empty when it did not
     */
    @Serdeable
    record Info(
            String version, String mode, Optional<Instant> lookedAt, Optional<String> problem) {}

    /** Says it. */
    @Get
    Info info() {
        return new Info(
                Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                        .orElse("development"),
                rules.enforce() ? "enforce" : "observe",
                latest.view().map(view -> view.world().now()),
                latest.problem());
    }
}
