package io.ebb.demo.load;

/** The ways in which a request fails. Nothing is retried, so each of them is seen by a user. */
public enum Failure {
    /** No connection was made. */
    REFUSED,
    /** The connection broke, or was closed before a byte of the answer had come. */
    RESET,
    /** No whole answer within 10 s of the time at which the request was due. */
    TIMEOUT,
    /** The answer stopped before its announced end. */
    SHORT_BODY,
    /** The answer is not what was asked for: another length, other bytes, or no readable HTTP. */
    WRONG_BODY,
    /** A status other than 2xx. */
    STATUS,
    /** The connection was still busy with an earlier request 10 s after this one was due. */
    MISSED_SCHEDULE
}
