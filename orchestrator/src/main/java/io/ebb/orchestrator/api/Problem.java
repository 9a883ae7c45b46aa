package io.ebb.orchestrator.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An error as RFC 9457 writes it.
 *
 * @param type names the kind of problem
 * @param detail what went wrong this time, in words
 * @param instance the path that was asked
 * @param code a stable word for programs
 */
@Serdeable
record Problem(String type, String title, int status, String detail, String instance, String code) {

    /** The media type. */
    static final MediaType MEDIA_TYPE = MediaType.of("application/problem+json");

    /** A problem with the status's own title. */
    static Problem of(HttpRequest<?> request, HttpStatus status, String code, String detail) {
        return new Problem(
                "urn:ebb:problem:" + code,
                status.getReason(),
                status.getCode(),
                detail,
                request.getPath(),
                code);
    }

    /** The code of a status that nothing more is known of. */
    static String code(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "Malformed";
            case UNAUTHORIZED -> "Unauthenticated";
            case FORBIDDEN -> "Forbidden";
            case NOT_FOUND -> "NotFound";
            case METHOD_NOT_ALLOWED -> "MethodNotAllowed";
            case UNPROCESSABLE_ENTITY -> "ValidationFailed";
            case REQUEST_ENTITY_TOO_LARGE -> "TooLarge";
            case UNSUPPORTED_MEDIA_TYPE -> "UnsupportedMediaType";
            default -> status.getCode() < 500 ? "BadRequest" : "Internal";
        };
    }

    /** As an answer. */
    MutableHttpResponse<Problem> answer() {
        return HttpResponse.<Problem>status(HttpStatus.valueOf(status))
                .body(this)
                .contentType(MEDIA_TYPE);
    }
}
