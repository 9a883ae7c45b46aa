package io.ebb.orchestrator.api;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Every error that no controller answers itself, as problem+json. */
@Singleton
@Primary
final class Problems implements ErrorResponseProcessor<Problem> {
    @Override
    public MutableHttpResponse<Problem> processResponse(
            ErrorContext context, MutableHttpResponse<?> response) {
        var status = HttpStatus.valueOf(response.code());
        // What failed inside is the log's: a message may name what the caller must not know.
        var detail =
                response.code() >= 500
                        ? "an internal error; the log says more"
                        : context.getErrors().stream()
                                .map(Error::getMessage)
                                .collect(Collectors.joining("; "));
        var problem =
                Problem.of(
                        context.getRequest(),
                        status,
                        Problem.code(status),
                        detail.isEmpty() ? status.getReason() : detail);
        MutableHttpResponse<Problem> answer = problem.answer();
        response.getHeaders()
                .forEach((name, values) -> values.forEach(value -> keep(answer, name, value)));
        return answer;
    }

    private static void keep(HttpResponse<?> answer, String name, String value) {
        var body = name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Length");
        if (!body && answer instanceof MutableHttpResponse<?> mutable) {
            mutable.header(name, value);
        }
    }
}
