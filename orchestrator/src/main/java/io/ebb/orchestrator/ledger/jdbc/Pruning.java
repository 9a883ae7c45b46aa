package io.ebb.orchestrator.ledger.jdbc;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Deletes what is finished and old, a little at a time: the lease row is locked meanwhile. */
final class Pruning {
    private static final String DRAINS =
            """
            delete from drain where id in (
                select id from drain where closed < :before
                order by closed, id fetch first :limit rows only)
            """;

    /** What a kept drain tells stays whole. */
    private static final String TIMELINE =
            """
            delete from timeline where sequence in (
                select sequence from timeline
                where happened < :before
                    and not exists (select 1 from drain where drain.id = timeline.drain)
                order by sequence fetch first :limit rows only)
            """;

    /** An order's outcome may still be asked for while its event is known. */
    private static final String ORDERS =
            """
            delete from approve_order where id in (
                select id from approve_order
                where ends < :before
                    and not exists (
                        select 1 from event
                        where event.scope = approve_order.scope and event.id = approve_order.event)
                order by ends, id fetch first :limit rows only)
            """;

    /** What has ended. Versions of the policy stay: each drain names the one it was under. */
    private static final String INSTRUCTIONS =
            """
            delete from instruction where id in (
                select id from instruction
                where ended < :before or expires < :before
                order by since, id fetch first :limit rows only)
            """;

    private Pruning() {}

    /** How many rows of the kind with the most were deleted. */
    static int prune(Handle handle, Instant before, int limit) {
        var most = 0;
        for (var delete : new String[] {DRAINS, TIMELINE, ORDERS, INSTRUCTIONS}) {
            var deleted =
                    handle.createUpdate(delete)
                            .bind("before", before)
                            .bind("limit", limit)
                            .execute();
            most = Math.max(most, deleted);
        }
        return most;
    }
}
