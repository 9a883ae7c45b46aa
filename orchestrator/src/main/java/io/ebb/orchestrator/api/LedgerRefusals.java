package io.ebb.orchestrator.api;

import io.ebb.orchestrator.ledger.Ledger.RefusedException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** What the ledger refuses, in its own words and with its own code. */
@Singleton
final class LedgerRefusals implements ExceptionHandler<RefusedException, HttpResponse<?>> {
    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public HttpResponse<?> handle(HttpRequest request, RefusedException exception) {
        HttpRequest<?> asked = request;
        var words = String.valueOf(exception.getMessage());
        return switch (exception.code()) {
            case "OperationIdUsed" ->
                    Problem.of(asked, HttpStatus.BAD_REQUEST, exception.code(), words).answer();
            // HTTP's own word for it: the caller named the version that it had read.
            case "PolicyChanged" ->
                    Problem.of(asked, HttpStatus.PRECONDITION_FAILED, "PreconditionFailed", words)
                            .answer();
            default -> Problem.of(asked, HttpStatus.CONFLICT, exception.code(), words).answer();
        };
    }
}
