package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Scheduled events. */
final class EventRows {
    private EventRows() {}

    /**
     * Writes an event. An acknowledgement stays: the agent's answer may have been recorded after
     * this turn looked.
     */
    static void write(Handle handle, SeenEvent event) {
        new Upsert("event")
                .key("scope", event.id().scope())
                .key("id", event.id().id())
                .set("event_id", event.eventId())
                .set("type", event.type())
                .set("source", event.source())
                .set("description", event.description())
                .set("vms", Columns.list(event.vms()))
                .set("status", event.status())
                .set("not_before", event.notBefore())
                .set("expected", event.expected().map(Duration::toSeconds))
                .set("seen", event.seen())
                .set("gone", event.gone())
                .set("approved", event.approved())
                .setOnce("acknowledged", event.acknowledged())
                .run(handle);
    }

    /** Deletes an event, and ends its orders: the same EventId may come back. */
    static void forget(Handle handle, EventId id, Instant now) {
        handle.createUpdate("delete from event where scope = :scope and id = :id")
                .bind("scope", id.scope())
                .bind("id", id.id())
                .execute();
        handle.createUpdate(
                        """
                        update approve_order set ends = :now
                        where scope = :scope and event = :id and ends > :now
                        """)
                .bind("scope", id.scope())
                .bind("id", id.id())
                .bind("now", now)
                .execute();
    }

    /**
     * Records a 2xx, unless one is recorded.
     *
     * @return false when one was recorded before
     */
    static boolean acknowledge(Handle handle, EventId id, Instant now) {
        var before = find(handle, id).flatMap(SeenEvent::acknowledged);
        if (before.isPresent()) {
            return false;
        }
        handle.createUpdate(
                        "update event set acknowledged = :now where scope = :scope and id = :id")
                .bind("now", now)
                .bind("scope", id.scope())
                .bind("id", id.id())
                .execute();
        return true;
    }

    static List<SeenEvent> all(Handle handle) {
        return handle.createQuery("select * from event order by seen, scope, id")
                .map((row, _) -> read(row))
                .list();
    }

    static Optional<SeenEvent> find(Handle handle, EventId id) {
        return handle.createQuery("select * from event where scope = :scope and id = :id")
                .bind("scope", id.scope())
                .bind("id", id.id())
                .map((row, _) -> read(row))
                .findOne();
    }

    private static SeenEvent read(ResultSet row) throws SQLException {
        return new SeenEvent(
                new EventId(row.getString("scope"), row.getString("id")),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("source"),
                row.getString("description"),
                Columns.names(row, "vms"),
                row.getString("status"),
                Columns.maybeTime(row, "not_before"),
                Optional.ofNullable(row.getObject("expected", Long.class)).map(Duration::ofSeconds),
                Columns.time(row, "seen"),
                Columns.maybeTime(row, "gone"),
                Columns.maybeText(row, "approved"),
                Columns.maybeTime(row, "acknowledged"));
    }
}
