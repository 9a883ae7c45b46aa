package io.ebb.orchestrator.ledger.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebb.orchestrator.drain.EventId;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** How values stand in columns: times to the microsecond with their zone, lists as JSON. */
final class Columns {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};
    private static final TypeReference<List<EventId>> EVENTS = new TypeReference<>() {};

    private Columns() {}

    /** The time as both stores can keep it. */
    static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return kept(row.getObject(column, OffsetDateTime.class).toInstant());
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return kept(row.getObject(column, OffsetDateTime.class).toInstant());
    }

    static Optional<Instant> maybeTime(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    static Optional<String> maybeText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Optional<Integer> maybeInteger(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class));
    }

    static String list(List<?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names(ResultSet row, String column) throws SQLException {
        return list(row.getString(column), NAMES);
    }

    static List<EventId> events(ResultSet row, String column) throws SQLException {
        return list(row.getString(column), EVENTS);
    }

    private static <T> List<T> list(String json, TypeReference<List<T>> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Binds an {@link Instant} with its zone. JDBI's own way goes through {@code Timestamp}, which
     * the drivers read in the JVM's default zone: an hour is ambiguous when the clocks go back.
     */
    static final class Times extends AbstractArgumentFactory<Instant> {
        Times() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            var time = kept(value).atOffset(ZoneOffset.UTC);
            return (position, statement, _) -> statement.setObject(position, time);
        }
    }
}
