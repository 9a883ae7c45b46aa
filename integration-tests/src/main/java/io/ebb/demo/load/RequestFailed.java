package io.ebb.demo.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;

/** A request that failed, with its kind. */
final class RequestFailed extends IOException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    RequestFailed(Failure failure, String detail) {
        super(detail);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }

    /** Translates what the socket said. Whatever is not known better is a broken connection. */
    static RequestFailed of(Exception e) {
        return switch (e) {
            case RequestFailed known -> known;
            case SocketTimeoutException _ ->
                    new RequestFailed(Failure.TIMEOUT, "no answer in time");
            case ConnectException _, NoRouteToHostException _ ->
                    new RequestFailed(Failure.REFUSED, String.valueOf(e.getMessage()));
            case EOFException _ ->
                    new RequestFailed(Failure.SHORT_BODY, String.valueOf(e.getMessage()));
            default -> new RequestFailed(Failure.RESET, String.valueOf(e.getMessage()));
        };
    }
}
