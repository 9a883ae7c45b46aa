package io.ebb.orchestrator.api;

import io.micronaut.http.HttpStatus;

/** A request that is answered with a problem, thrown where it is found out. */
final class ProblemException extends RuntimeException {
    private final HttpStatus status;
    private final String code;

    ProblemException(HttpStatus status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** What was sent is understood, but cannot be meant. */
    static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_ENTITY, "ValidationFailed", detail);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(HttpStatus.NOT_FOUND, "NotFound", detail);
    }

    static ProblemException conflict(String code, String detail) {
        return new ProblemException(HttpStatus.CONFLICT, code, detail);
    }

    /** It will be possible once this replica has looked. */
    static ProblemException notReady(String detail) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "NotReady", detail);
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }
}
