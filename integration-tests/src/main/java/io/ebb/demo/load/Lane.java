package io.ebb.demo.load;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * One fixed part of the schedule: request number k is due at {@code phase + k * period} after the
 * start, whatever became of the requests before it.
 *
 * @param source the local address that the connections come from
 * @param style how connections are used
 * @param phase when the first request is due
 * @param period the time from one request to the next
 * @param asks what is asked for, in turn
 */
public record Lane(
        InetAddress source, Style style, Duration phase, Duration period, List<Ask> asks) {
    /** How connections are used. */
    public enum Style {
        /** A new connection for each request, closed after it. Requests may overlap. */
        SHORT,
        /**
         * One connection, one request at a time; a request that is due while another is under way
         * is sent late and its lateness counts. A new connection is made only when the server said
         * {@code Connection: close}, or after a failure.
         */
        KEEP_ALIVE
    }

    public Lane {
        asks = List.copyOf(asks);
        if (period.isNegative() || period.isZero() || phase.isNegative() || asks.isEmpty()) {
            throw new IllegalArgumentException(
                    "a lane needs a period, a phase and something to ask");
        }
    }

    /** When request k is due, in nanoseconds after the start. */
    long due(long k) {
        return phase.toNanos() + k * period.toNanos();
    }

    Ask ask(long k) {
        return asks.get((int) (k % asks.size()));
    }
}
