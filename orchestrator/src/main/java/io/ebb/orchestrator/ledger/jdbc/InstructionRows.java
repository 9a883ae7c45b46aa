package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Asked;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What operators asked. */
final class InstructionRows {
    private static final String STANDS = "ended is null and (expires is null or expires > :now)";

    private InstructionRows() {}

    static void insert(Handle handle, Instruction asked) {
        var vm = asked.target() instanceof Target.OfVm(var id) ? Optional.of(id) : none();
        var event = event(asked);
        new Upsert("instruction")
                .key("id", asked.id())
                .set("kind", asked.kind().name())
                .set("vm_id", vm.map(VmId::value))
                .set("scope", event.map(EventId::scope))
                .set("event", event.map(EventId::id))
                .set("who", asked.who())
                .set("why", asked.why())
                .set("since", asked.since())
                .set("expires", asked.until())
                .run(handle);
    }

    private static Optional<VmId> none() {
        return Optional.empty();
    }

    /** The event that it is about. */
    static Optional<EventId> event(Instruction asked) {
        return asked.target() instanceof Target.OfEvent(var id)
                ? Optional.of(id)
                : Optional.empty();
    }

    static Optional<Asked> find(Handle handle, String id) {
        return handle.createQuery("select * from instruction where id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    static void end(Handle handle, String id, String who, Instant now) {
        handle.createUpdate(
                        """
                        update instruction set ended = :now, ended_by = :who
                        where id = :id and ended is null
                        """)
                .bind("now", now)
                .bind("who", who)
                .bind("id", id)
                .execute();
    }

    static List<Instruction> standing(Handle handle, Instant now) {
        return handle.createQuery(
                        "select * from instruction where " + STANDS + " order by since, id")
                .bind("now", now)
                .map((row, _) -> read(row).instruction())
                .list();
    }

    static List<Asked> latest(Handle handle, int limit) {
        return handle.createQuery(
                        """
                        select * from instruction
                        order by since desc, id desc fetch first :limit rows only
                        """)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    private static Asked read(ResultSet row) throws SQLException {
        var kind = Kind.valueOf(row.getString("kind"));
        var target =
                kind.isOfVm()
                        ? new Target.OfVm(new VmId(row.getString("vm_id")))
                        : new Target.OfEvent(
                                new EventId(row.getString("scope"), row.getString("event")));
        return new Asked(
                new Instruction(
                        row.getString("id"),
                        kind,
                        target,
                        row.getString("who"),
                        row.getString("why"),
                        Columns.time(row, "since"),
                        Columns.maybeTime(row, "expires")),
                Columns.maybeTime(row, "ended"),
                Columns.maybeText(row, "ended_by"));
    }
}
