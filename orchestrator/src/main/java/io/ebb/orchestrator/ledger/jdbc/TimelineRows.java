package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The timeline. */
final class TimelineRows {
    private TimelineRows() {}

    /** Adds entries; the lease row is locked. */
    static List<Entry> add(Handle handle, LeaseRow lease, List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        var sequence = lease.number(entries.size());
        var numbered = new ArrayList<Entry>(entries.size());
        try (var batch =
                handle.prepareBatch(
                        """
                        insert into timeline (sequence, happened, drain, vm_id, type, who, message,
                            before_change, after_change)
                        values (:sequence, :happened, :drain, :vm, :type, :who, :message,
                            :before, :after)
                        """)) {
            for (var entry : entries) {
                var row = entry.numbered(sequence++, Columns.kept(entry.at()));
                numbered.add(row);
                batch.bind("sequence", row.sequence())
                        .bind("happened", row.at())
                        .bind("drain", row.drain().orElse(null))
                        .bind("vm", row.vm().map(VmId::value).orElse(null))
                        .bind("type", row.type())
                        .bind("who", row.who())
                        .bind("message", row.message())
                        .bind("before", row.before().orElse(null))
                        .bind("after", row.after().orElse(null))
                        .add();
            }
            batch.execute();
        }
        return List.copyOf(numbered);
    }

    static List<Entry> ofDrain(Handle handle, String drain) {
        return handle.createQuery("select * from timeline where drain = :drain order by sequence")
                .bind("drain", drain)
                .map((row, _) -> read(row))
                .list();
    }

    static List<Entry> after(Handle handle, long sequence, int limit) {
        return handle.createQuery(
                        """
                        select * from timeline where sequence > :sequence
                        order by sequence fetch first :limit rows only
                        """)
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("sequence"),
                Columns.time(row, "happened"),
                Columns.maybeText(row, "drain"),
                Columns.maybeText(row, "vm_id").map(VmId::new),
                row.getString("type"),
                row.getString("who"),
                row.getString("message"),
                Columns.maybeText(row, "before_change"),
                Columns.maybeText(row, "after_change"));
    }
}
