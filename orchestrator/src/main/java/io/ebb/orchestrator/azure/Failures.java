package io.ebb.orchestrator.azure;

import com.azure.core.exception.AzureException;
import com.azure.core.management.exception.ManagementException;
import io.ebb.orchestrator.pool.CloudException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import reactor.core.Exceptions;

/** Translates what the SDK throws, once. */
final class Failures {
    private Failures() {}

    /** Whether a request may have been carried out although its answer was lost. */
    static boolean isLost(Throwable thrown) {
        var cause = Exceptions.unwrap(thrown);
        return cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof TimeoutException;
    }

    /**
     * The failure in the kinds that callers treat differently.
     *
     * @param doing what was being done, as a lower-case gerund that names the resource
     */
    static CloudException of(String doing, Throwable thrown) {
        var cause = Exceptions.unwrap(thrown);
        return switch (cause) {
            case CloudException known -> known;
            case ManagementException refused -> Refusal.of(refused).toException(doing);
            case TimeoutException _ ->
                    new CloudException.Transient(
                            doing + ": no answer in time", Optional.empty(), cause);
            case InterruptedException _ -> {
                Thread.currentThread().interrupt();
                yield new CloudException.Transient(
                        doing + ": interrupted", Optional.empty(), cause);
            }
            // That no token is issued is among these: nothing was sent to ARM then.
            case IOException _, UncheckedIOException _, AzureException _ ->
                    new CloudException.Transient(
                            doing + ": " + reason(cause), Optional.empty(), cause);
            case Error error -> throw error;
            default ->
                    new CloudException.Permanent(
                            doing + ": failed unexpectedly: " + reason(cause), cause);
        };
    }

    private static String reason(Throwable thrown) {
        var message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
