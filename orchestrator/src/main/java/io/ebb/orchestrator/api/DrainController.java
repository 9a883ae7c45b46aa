package io.ebb.orchestrator.api;

import io.ebb.orchestrator.identity.Roles;
import io.ebb.orchestrator.ledger.Ledger;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;

/** Drains, open and closed. */
@Controller("/v1/drains")
@Secured(Roles.READER)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DrainController {
    private static final int MOST = 500;

    private final Ledger ledger;
    private final DrainViews views;
    private final Etags etags;

    DrainController(Ledger ledger, DrainViews views, Etags etags) {
        this.ledger = ledger;
        this.views = views;
        this.etags = etags;
    }

    /**
     * The latest first.
     *
     * @param limit how many at most; 500 are the most
     */
    @Get
    Page<DrainView> drains(@QueryValue(defaultValue = "100") int limit) {
        var open = ledger.open();
        return new Page<>(
                ledger.drains(Math.clamp(limit, 1, MOST)).stream()
                        .map(drain -> views.of(drain, open))
                        .toList());
    }

    /** One drain with its timeline. */
    @Get("/{id}")
    HttpResponse<?> drain(HttpRequest<?> request, String id) {
        var found = ledger.drain(id);
        if (found.isEmpty()) {
            return Problem.of(
                            request, HttpStatus.NOT_FOUND, "NotFound", "no drain has the id " + id)
                    .answer();
        }
        var lines =
                ledger.timeline(id).stream()
                        .map(entry ->
                                new DrainView.Line(
                                        entry.sequence(),
                                        entry.at(),
                                        entry.type(),
                                        entry.who(),
                                        entry.message(),
                                        entry.before(),
                                        entry.after()))
                        .toList();
        return etags.answer(request, views.of(found.get(), ledger.open()).with(lines));
    }
}
