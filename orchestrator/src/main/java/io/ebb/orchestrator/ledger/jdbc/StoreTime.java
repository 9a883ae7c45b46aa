package io.ebb.orchestrator.ledger.jdbc;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Whose time leases, orders and instructions are judged by. */
interface StoreTime {
    /** The time now, also after a transaction has waited for a lock. */
    Instant now(Handle handle);
}
