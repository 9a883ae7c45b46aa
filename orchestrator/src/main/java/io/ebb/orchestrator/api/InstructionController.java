package io.ebb.orchestrator.api;

import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;

/** What operators have asked. */
@Controller("/v1/instructions")
@Secured(Roles.READER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class InstructionController {
    private static final int MOST = 500;

    private final Ledger ledger;
    private final Instructing instructing;

    InstructionController(Ledger ledger, Instructing instructing) {
        this.ledger = ledger;
        this.instructing = instructing;
    }

    /**
     * The latest first, also those that have ended.
     *
     * @param limit how many at most; 500 are the most
     */
    @Get
    Page<InstructionView> instructions(@QueryValue(defaultValue = "100") int limit) {
        return new Page<>(instructing.views(ledger.instructions(Math.clamp(limit, 1, MOST))));
    }

    /** One of them. */
    @Get("/{id}")
    InstructionView instruction(String id) {
        return ledger.instruction(id).map(instructing::view).orElseThrow(() -> unknown(id));
    }

    /** Withdraws one; one that has ended stays as it ended. */
    @Delete("/{id}")
    @Secured(Roles.OPERATOR)
    InstructionView withdraw(Authentication caller, String id) {
        return instructing.withdraw(id, caller.getName()).orElseThrow(() -> unknown(id));
    }

    private static ProblemException unknown(String id) {
        return ProblemException.notFound("no instruction has the id " + id);
    }
}
