package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Drain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Drains, as people read them. */
final class DrainRows {
    private DrainRows() {}

    static void write(Handle handle, Drain drain) {
        new Upsert("drain")
                .key("id", drain.id())
                .set("vm_id", drain.vm().value())
                .set("vm_name", drain.vmName())
                .set("state", drain.state())
                .set("why", drain.why())
                .set("since", drain.since())
                .set("events", Columns.list(drain.events()))
                .set("opened", drain.opened())
                .set("deadline", drain.deadline())
                .set("connections", drain.connections())
                .set("policy", drain.policy())
                .set("parked", drain.parked())
                .set("closed", drain.closed())
                .set("outcome", drain.outcome())
                .run(handle);
    }

    static List<Drain> open(Handle handle) {
        return handle.createQuery("select * from drain where closed is null order by opened, id")
                .map((row, _) -> read(row))
                .list();
    }

    static List<Drain> latest(Handle handle, int limit) {
        return handle.createQuery(
                        """
                        select * from drain
                        order by opened desc, id desc fetch first :limit rows only
                        """)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    static Optional<Drain> find(Handle handle, String id) {
        return handle.createQuery("select * from drain where id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    private static Drain read(ResultSet row) throws SQLException {
        return new Drain(
                row.getString("id"),
                new VmId(row.getString("vm_id")),
                row.getString("vm_name"),
                row.getString("state"),
                row.getString("why"),
                Columns.time(row, "since"),
                Columns.events(row, "events"),
                Columns.time(row, "opened"),
                Columns.maybeTime(row, "deadline"),
                Columns.maybeInteger(row, "connections"),
                row.getInt("policy"),
                Columns.maybeText(row, "parked"),
                Columns.maybeTime(row, "closed"),
                Columns.maybeText(row, "outcome"));
    }
}
