package io.ebb.orchestrator.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers what a controller found out. */
@Singleton
final class ProblemExceptions implements ExceptionHandler<ProblemException, HttpResponse<?>> {
    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public HttpResponse<?> handle(HttpRequest request, ProblemException exception) {
        HttpRequest<?> asked = request;
        return Problem.of(
                        asked,
                        exception.status(),
                        exception.code(),
                        String.valueOf(exception.getMessage()))
                .answer();
    }
}
