package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.ledger.Ledger.PolicyVersion;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The versions of the policy. */
final class PolicyRows {
    private PolicyRows() {}

    static Optional<PolicyVersion> latest(Handle handle) {
        return handle.createQuery(
                        "select * from policy order by version desc fetch first 1 rows only")
                .map((row, _) ->
                        new PolicyVersion(
                                row.getInt("version"),
                                row.getString("document"),
                                row.getString("who"),
                                row.getString("why"),
                                Columns.time(row, "since")))
                .findOne();
    }

    static void insert(Handle handle, PolicyVersion version) {
        handle.createUpdate(
                        """
                        insert into policy (version, document, who, why, since)
                        values (:version, :document, :who, :why, :since)
                        """)
                .bind("version", version.version())
                .bind("document", version.document())
                .bind("who", version.who())
                .bind("why", version.why())
                .bind("since", version.since())
                .execute();
    }
}
