package io.ebb.orchestrator.api;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything about an instruction but what it asks, as an operator sends it.
 *
 * @param id of the header {@code Operation-Id}; a random one when there is none
 */
record Asking(String id, String who, String why, Optional<Instant> until, Instant now) {
    private static final String OPERATION_ID = "Operation-Id";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");
    private static final int LONGEST_REASON = 1000;

    /**
     * Reads the request.
     *
     * @param now the ledger's time
     * @throws ProblemException naming what cannot be meant
     */
    static Asking read(HttpRequest<?> request, @Nullable String body, String who, Instant now) {
        var fields = JsonBody.read(body, List.of("reason", "expiresAt"));
        var why = fields.text("reason").map(String::strip).orElse("");
        if (why.length() > LONGEST_REASON) {
            throw ProblemException.invalid(
                    "reason: expected no more than %d characters".formatted(LONGEST_REASON));
        }
        var until = fields.text("expiresAt").map(Asking::time);
        if (until.filter(end -> !end.isAfter(now)).isPresent()) {
            throw ProblemException.invalid(
                    "expiresAt: %s has passed, it is %s".formatted(until.get(), now));
        }
        var id = Optional.ofNullable(request.getHeaders().get(OPERATION_ID));
        if (id.filter(text -> !ID.matcher(text).matches()).isPresent()) {
            throw ProblemException.invalid(
                    OPERATION_ID + ": expected up to 100 letters, digits and any of . _ ~ -");
        }
        return new Asking(id.orElseGet(() -> UUID.randomUUID().toString()), who, why, until, now);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemException.invalid(
                    "expiresAt is '%s': expected a time like 2026-11-20T17:00:00Z".formatted(text));
        }
    }

    /** The instruction as it would be recorded. */
    Instruction instruction(Kind kind, Target target) {
        return new Instruction(id, kind, target, who, why, now, until);
    }
}
