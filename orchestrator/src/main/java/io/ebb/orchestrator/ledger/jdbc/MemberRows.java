package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Members that Ebb took out. */
final class MemberRows {
    private static final String KEY = "vm_id = :vm and pool = :pool and place = :place";

    private MemberRows() {}

    /**
     * Writes a member.
     *
     * @return whether this is the first word of its earlier state
     */
    static boolean write(Handle handle, TakenMember member) {
        var saved =
                handle.createQuery("select saved from member where " + KEY)
                        .bind("vm", member.id().vm().value())
                        .bind("pool", member.id().pool().value())
                        .bind("place", member.id().place())
                        .mapTo(String.class)
                        .findOne();
        new Upsert("member")
                .key("vm_id", member.id().vm().value())
                .key("pool", member.id().pool().value())
                .key("place", member.id().place())
                .set("resource", member.resource())
                .set("guid", member.guid())
                .set("saved", member.saved())
                .set("strategy", member.strategy())
                .set("intent", member.intent().name())
                .set("since", member.since())
                .set("out_since", member.out())
                .set("reasserted", member.reasserted())
                .run(handle);
        return saved.filter(member.saved()::equals).isEmpty();
    }

    static void delete(Handle handle, MemberId id) {
        handle.createUpdate("delete from member where " + KEY)
                .bind("vm", id.vm().value())
                .bind("pool", id.pool().value())
                .bind("place", id.place())
                .execute();
    }

    static List<TakenMember> all(Handle handle) {
        return handle.createQuery("select * from member order by vm_id, pool, place")
                .map((row, _) -> read(row))
                .list();
    }

    static List<TakenMember> of(Handle handle, VmId vm) {
        return handle.createQuery("select * from member where vm_id = :vm order by pool, place")
                .bind("vm", vm.value())
                .map((row, _) -> read(row))
                .list();
    }

    private static TakenMember read(ResultSet row) throws SQLException {
        return new TakenMember(
                new MemberId(
                        new VmId(row.getString("vm_id")),
                        new PoolId(row.getString("pool")),
                        row.getString("place")),
                row.getString("resource"),
                row.getString("guid"),
                row.getString("saved"),
                row.getString("strategy"),
                Intent.valueOf(row.getString("intent")),
                Columns.time(row, "since"),
                Columns.maybeTime(row, "out_since"),
                row.getInt("reasserted"));
    }
}
