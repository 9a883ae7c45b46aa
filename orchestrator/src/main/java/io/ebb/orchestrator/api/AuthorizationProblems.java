package io.ebb.orchestrator.api;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** 401 and 403 in words. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AuthorizationProblems
        implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
        HttpRequest<?> asked = request;
        if (exception.isForbidden()) {
            return Problem.of(
                            asked,
                            HttpStatus.FORBIDDEN,
                            "Forbidden",
                            "the token's role does not allow this")
                    .answer();
        }
        return Problem.of(
                        asked,
                        HttpStatus.UNAUTHORIZED,
                        "Unauthenticated",
                        "send Authorization: Bearer and a valid token")
                .answer()
                .header("WWW-Authenticate", "Bearer realm=\"ebb\"");
    }
}
