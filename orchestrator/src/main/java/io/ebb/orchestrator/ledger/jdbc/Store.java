package io.ebb.orchestrator.ledger.jdbc;

import java.sql.DatabaseMetaData;
import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The two stores, and the little in which they differ. */
enum Store implements StoreTime {
    /**
     * Within a transaction {@code current_timestamp} stands still from its first use on, so it is
     * the time now if nothing in the transaction has asked before.
     */
    H2("select current_timestamp", "checkpoint sync", ""),
    /** Within a transaction {@code current_timestamp} is the time at which it began. */
    POSTGRESQL(
            "select clock_timestamp()", "", "set local idle_in_transaction_session_timeout = '2s'");

    private final String now;
    private final String sync;
    private final String bound;

    Store(String now, String sync, String bound) {
        this.now = now;
        this.sync = sync;
        this.bound = bound;
    }

    static Store of(Jdbi jdbi) {
        return jdbi.withHandle(handle -> {
            var name =
                    handle.queryMetadata(DatabaseMetaData::getDatabaseProductName)
                            .toUpperCase(Locale.ROOT);
            return valueOf(name);
        });
    }

    @Override
    public Instant now(Handle handle) {
        return handle.createQuery(now).map((row, _) -> Columns.time(row, 1)).one();
    }

    /**
     * Bounds how long the transaction may stand still: a process that is frozen in the middle of
     * one holds the row that every writer locks, and its connection stays open, so that nobody
     * could take over. Longer than a pause of the collector, and well within the time of a
     * take-over. The embedded store has no other process to wait for.
     */
    void bound(Handle handle) {
        if (!bound.isEmpty()) {
            handle.execute(bound);
        }
    }

    /**
     * Makes what was committed durable against loss of power: H2 has written it to the file, but
     * has not told the disk to keep it. PostgreSQL has done so with the commit.
     */
    void sync(Handle handle) {
        if (!sync.isEmpty()) {
            handle.execute(sync);
        }
    }
}
