package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Order;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Orders to approve. */
final class OrderRows {
    private OrderRows() {}

    /** An order with its last outcome. */
    record Answered(Order order, Optional<Boolean> ok, Optional<String> detail) {
        /** Whether this outcome is news. A 2xx is the last word. */
        boolean isNews(boolean newOk, String newDetail) {
            return ok.map(was -> !was && (newOk || !detail.equals(Optional.of(newDetail))))
                    .orElse(true);
        }
    }

    /** Inserts an order, or renews its end. */
    static void write(Handle handle, Order order) {
        new Upsert("approve_order")
                .key("id", order.id())
                .insert("vm_id", order.agent().value())
                .insert("scope", order.event().scope())
                .insert("event", order.event().id())
                .insert("event_id", order.eventId())
                .set("ends", order.until())
                .run(handle);
    }

    static Optional<Answered> find(Handle handle, String id) {
        return handle.createQuery("select * from approve_order where id = :id")
                .bind("id", id)
                .map((row, _) ->
                        new Answered(
                                read(row),
                                Optional.ofNullable(row.getObject("ok", Boolean.class)),
                                Columns.maybeText(row, "detail")))
                .findOne();
    }

    static void answer(Handle handle, String id, boolean ok, String detail) {
        handle.createUpdate("update approve_order set ok = :ok, detail = :detail where id = :id")
                .bind("ok", ok)
                .bind("detail", detail)
                .bind("id", id)
                .execute();
    }

    /** The orders that stand for a VM's agent at a time, and that no operator holds. */
    static List<Order> standing(Handle handle, VmId vm, Instant now) {
        return handle.createQuery(
                        """
                        select approve_order.* from approve_order
                        join event on event.scope = approve_order.scope
                            and event.id = approve_order.event
                        where approve_order.vm_id = :vm and approve_order.ends > :now
                            and event.status = 'Scheduled' and event.gone is null
                            and event.acknowledged is null
                            and not exists (
                                select 1 from instruction
                                where instruction.scope = event.scope
                                    and instruction.event = event.id
                                    and instruction.kind in ('HOLD', 'CANCEL')
                                    and instruction.ended is null
                                    and (instruction.expires is null
                                        or instruction.expires > :now))
                        order by approve_order.id
                        """)
                .bind("vm", vm.value())
                .bind("now", now)
                .map((row, _) -> read(row))
                .list();
    }

    private static Order read(ResultSet row) throws SQLException {
        return new Order(
                row.getString("id"),
                new VmId(row.getString("vm_id")),
                new EventId(row.getString("scope"), row.getString("event")),
                row.getString("event_id"),
                Columns.time(row, "ends"));
    }
}
