package io.ebb.orchestrator.ledger.jdbc;

import io.ebb.orchestrator.ledger.Ledger.Lease;
import io.ebb.orchestrator.ledger.Ledger.LeaseLostException;
import io.ebb.orchestrator.ledger.Ledger.SpokenMeanwhileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * The one row that every writer of the timeline locks: who may plan, until when, and the last
 * sequence number given. It stays locked until the transaction ends, so numbers are seen in the
 * order in which they are given.
 */
final class LeaseRow {
    private final Handle handle;
    private final Instant now;
    private final Lease lease;
    private final long spoken;
    private long sequence;

    private LeaseRow(Handle handle, Instant now, Lease lease, long spoken, long sequence) {
        this.handle = handle;
        this.now = now;
        this.lease = lease;
        this.spoken = spoken;
        this.sequence = sequence;
    }

    /** Locks the row; the time is asked only after that, because the lock may be long in coming. */
    static LeaseRow lock(Handle handle, StoreTime time) {
        record Locked(Lease lease, long spoken, long sequence) {}
        var locked =
                handle.createQuery(
                                """
                                select owner, fence, ends, spoken, last_sequence
                                from lease where id = 1 for update
                                """)
                        .map((row, _) ->
                                new Locked(
                                        new Lease(
                                                row.getString("owner"),
                                                row.getLong("fence"),
                                                Columns.time(row, "ends")),
                                        row.getLong("spoken"),
                                        row.getLong("last_sequence")))
                        .one();
        return new LeaseRow(
                handle, time.now(handle), locked.lease(), locked.spoken(), locked.sequence());
    }

    /** The store's time when the row was locked. */
    Instant now() {
        return now;
    }

    /**
     * Renews the owner's lease, or takes one that has ended. An ended lease gets a new fence also
     * when its former owner takes it: what that one looked at before is old.
     */
    Optional<Lease> take(String owner, Duration term) {
        var running = now.isBefore(lease.until());
        if (running && !lease.owner().equals(owner)) {
            return Optional.empty();
        }
        var fence = running ? lease.fence() : lease.fence() + 1;
        var taken = new Lease(owner, fence, Columns.kept(now.plus(term)));
        handle.createUpdate(
                        "update lease set owner = :owner, fence = :fence, ends = :ends where id = 1")
                .bind("owner", taken.owner())
                .bind("fence", taken.fence())
                .bind("ends", taken.until())
                .execute();
        return Optional.of(taken);
    }

    /** Ends the lease, if it is still this one. */
    void end(Lease given) {
        if (isHeld(given)) {
            handle.createUpdate("update lease set ends = :now where id = 1")
                    .bind("now", now)
                    .execute();
        }
    }

    /** Refuses a writer that does not hold the lease any more. */
    void require(Lease given) {
        if (!isHeld(given)) {
            throw new LeaseLostException(
                    "writing with the lease of %s, fence %d: it is %s's now, fence %d, until %s"
                            .formatted(
                                    given.owner(),
                                    given.fence(),
                                    lease.owner(),
                                    lease.fence(),
                                    lease.until()));
        }
        if (!now.isBefore(lease.until())) {
            throw new LeaseLostException(
                    "writing with the lease of %s, fence %d: it ended at %s, and it is %s"
                            .formatted(given.owner(), given.fence(), lease.until(), now));
        }
    }

    /** Refuses a turn that looked before an operator's last word. */
    void require(OptionalLong heard) {
        if (heard.isPresent() && heard.getAsLong() != spoken) {
            throw new SpokenMeanwhileException(
                    "writing a turn: an operator has said something since it looked");
        }
    }

    /** Counts an operator's word, or another that turns must not overlook. */
    void speak() {
        handle.createUpdate("update lease set spoken = :spoken where id = 1")
                .bind("spoken", spoken + 1)
                .execute();
    }

    /** How many words operators have said. */
    static long spoken(Handle handle) {
        return handle.createQuery("select spoken from lease where id = 1").mapTo(Long.class).one();
    }

    private boolean isHeld(Lease given) {
        return lease.fence() == given.fence() && lease.owner().equals(given.owner());
    }

    /**
     * Gives out consecutive numbers.
     *
     * @return the first of them
     */
    long number(int count) {
        var first = sequence + 1;
        sequence += count;
        handle.createUpdate("update lease set last_sequence = :last where id = 1")
                .bind("last", sequence)
                .execute();
        return first;
    }
}
