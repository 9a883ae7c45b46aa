package io.ebb.orchestrator.identity;

import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Knows callers by the bearer token they show. */
@Singleton
final class BearerTokens implements TokenValidator<HttpRequest<?>> {
    private final Credentials credentials;
    private final ExecutorService executor;

    BearerTokens(Credentials credentials, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.credentials = credentials;
        this.executor = executor;
    }

    /** Looks into the store, which blocks: never on the thread that serves connections. */
    @Override
    public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
        return new AsyncSingleResultPublisher<>(executor, () -> whose(token));
    }

    private @Nullable Authentication whose(String token) {
        return credentials
                .whose(token)
                .map(owner -> Authentication.build(owner.name(), Roles.of(owner.role())))
                .orElse(null);
    }
}
