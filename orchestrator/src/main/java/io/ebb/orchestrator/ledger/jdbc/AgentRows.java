package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger.Heard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The latest report of each agent. */
final class AgentRows {
    private AgentRows() {}

    /** Writes a report, unless the row holds a later one of the same run. */
    static boolean write(Handle handle, Heard heard) {
        // Locked, so that of two reports that arrive at once the later one stays.
        var late =
                handle.createQuery("select run, sequence from agent where vm_id = :vm for update")
                        .bind("vm", heard.vm().value())
                        .map((row, _) ->
                                row.getString("run").equals(heard.run())
                                        && row.getLong("sequence") >= heard.sequence())
                        .findOne();
        if (late.orElse(false)) {
            return false;
        }
        var row =
                new Upsert("agent")
                        .key("vm_id", heard.vm().value())
                        .set("name", heard.name())
                        .set("run", heard.run())
                        .set("boot", heard.boot())
                        .set("sequence", heard.sequence())
                        .set("report", heard.report())
                        .set("heard", heard.at())
                        .set("healthy_since", heard.healthySince());
        if (late.isPresent()) {
            row.run(handle);
        } else {
            // Nothing was there to be locked: a later report that came in meanwhile must not be
            // overwritten, and whoever is second tries again with a row to lock.
            row.insert(handle);
        }
        return true;
    }

    static List<Heard> all(Handle handle) {
        return handle.createQuery("select * from agent order by name, vm_id")
                .map((row, _) -> read(row))
                .list();
    }

    static Optional<Heard> find(Handle handle, VmId vm) {
        return handle.createQuery("select * from agent where vm_id = :vm")
                .bind("vm", vm.value())
                .map((row, _) -> read(row))
                .findOne();
    }

    /** The agent's name, for people. */
    static Optional<String> name(Handle handle, VmId vm) {
        return handle.createQuery("select name from agent where vm_id = :vm")
                .bind("vm", vm.value())
                .mapTo(String.class)
                .findOne();
    }

    private static Heard read(ResultSet row) throws SQLException {
        return new Heard(
                new VmId(row.getString("vm_id")),
                row.getString("name"),
                row.getString("run"),
                row.getString("boot"),
                row.getLong("sequence"),
                row.getString("report"),
                Columns.time(row, "heard"),
                Columns.maybeTime(row, "healthy_since"));
    }
}
