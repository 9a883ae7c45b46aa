package io.ebb.orchestrator.ledger.jdbc;

import static org.jdbi.v3.core.transaction.TransactionIsolationLevel.REPEATABLE_READ;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The ledger on H2 or PostgreSQL; the schema is there already. */
@Singleton
public final class JdbcLedger implements Ledger {
    /** SQLSTATE of a key that is there already. */
    private static final String DUPLICATE = "23505";

    private final Jdbi jdbi;
    private final Store store;
    private final StoreTime time;

    /**
     * @param dataSource connections commit by themselves unless told otherwise
     */
    @Inject
    public JdbcLedger(DataSource dataSource) {
        this(dataSource, Optional.empty());
    }

    /**
     * A ledger that is judged by another time than its store's.
     *
     * @param time to the microsecond, as the stores keep it
     */
    public JdbcLedger(DataSource dataSource, InstantSource time) {
        this(dataSource, Optional.of(time));
    }

    private JdbcLedger(DataSource dataSource, Optional<InstantSource> other) {
        jdbi = Jdbi.create(dataSource).registerArgument(new Columns.Times());
        store = Store.of(jdbi);
        time = other.<StoreTime>map(source -> _ -> Columns.kept(source.instant())).orElse(store);
    }

    /** Locks what every writer locks, for no longer than the store is told to wait. */
    private LeaseRow lock(Handle handle) {
        store.bound(handle);
        return LeaseRow.lock(handle, time);
    }

    @Override
    public Instant now() {
        return jdbi.withHandle(time::now);
    }

    @Override
    public Optional<Lease> lease(String owner, Duration term) {
        return jdbi.inTransaction(handle -> lock(handle).take(owner, term));
    }

    @Override
    public void release(Lease lease) {
        jdbi.useTransaction(handle -> lock(handle).end(lease));
    }

    @Override
    public Open open() {
        return jdbi.inTransaction(
                REPEATABLE_READ,
                handle ->
                        new Open(
                                EventRows.all(handle),
                                MemberRows.all(handle),
                                DrainRows.open(handle),
                                InstructionRows.standing(handle, time.now(handle)),
                                PolicyRows.latest(handle),
                                LeaseRow.spoken(handle)));
    }

    @Override
    public Instruction instruct(Instruction wanted) {
        return words(words -> words.instruct(wanted));
    }

    @Override
    public Optional<Asked> withdraw(String id, String who) {
        return words(words -> words.withdraw(id, who));
    }

    private <T> T words(Function<Words, T> say) {
        return jdbi.inTransaction(handle -> say.apply(new Words(handle, lock(handle))));
    }

    @Override
    public Optional<Asked> instruction(String id) {
        return jdbi.withHandle(handle -> InstructionRows.find(handle, id));
    }

    @Override
    public List<Asked> instructions(int limit) {
        return jdbi.withHandle(handle -> InstructionRows.latest(handle, limit));
    }

    @Override
    public Optional<PolicyVersion> policy() {
        return jdbi.withHandle(PolicyRows::latest);
    }

    @Override
    public PolicyVersion revise(int expected, String document, String who, String why) {
        return words(words -> words.revise(expected, document, who, why));
    }

    @Override
    public List<Entry> write(Lease lease, Turn turn) {
        return jdbi.withHandle(handle -> {
            var written = handle.inTransaction(held -> write(held, lease, turn));
            if (written.newState()) {
                store.sync(handle);
            }
            return written.entries();
        });
    }

    private record Written(List<Entry> entries, boolean newState) {}

    private Written write(Handle handle, Lease lease, Turn turn) {
        var row = lock(handle);
        row.require(lease);
        row.require(turn.spoken());
        turn.events().forEach(event -> EventRows.write(handle, event));
        turn.forgotten().forEach(event -> EventRows.forget(handle, event, row.now()));
        var newState = false;
        for (var member : turn.taken()) {
            newState |= MemberRows.write(handle, member);
        }
        turn.settled().forEach(member -> MemberRows.delete(handle, member));
        turn.orders().forEach(order -> OrderRows.write(handle, order));
        turn.drains().forEach(drain -> DrainRows.write(handle, drain));
        turn.fulfilled().forEach(id -> InstructionRows.end(handle, id, "ebb", row.now()));
        return new Written(TimelineRows.add(handle, row, turn.timeline()), newState);
    }

    @Override
    public int prune(Lease lease, Instant before, int limit) {
        return jdbi.inTransaction(handle -> {
            lock(handle).require(lease);
            return Pruning.prune(handle, before, limit);
        });
    }

    @Override
    public void landedLate(TakenMember member, Entry entry) {
        jdbi.useHandle(handle -> {
            handle.useTransaction(held -> {
                var row = lock(held);
                MemberRows.write(held, member.with(member.intent(), row.now()));
                row.speak();
                TimelineRows.add(held, row, List.of(entry));
            });
            store.sync(handle);
        });
    }

    @Override
    public boolean heard(Heard heard) {
        try {
            return jdbi.inTransaction(handle -> AgentRows.write(handle, heard));
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause
                    && DUPLICATE.equals(cause.getSQLState())) {
                // Its first report came over another connection too; now there is a row to lock.
                return jdbi.inTransaction(handle -> AgentRows.write(handle, heard));
            }
            throw e;
        }
    }

    @Override
    public List<Heard> agents() {
        return jdbi.withHandle(AgentRows::all);
    }

    @Override
    public Optional<Heard> agent(VmId vm) {
        return jdbi.withHandle(handle -> AgentRows.find(handle, vm));
    }

    @Override
    public Standing standing(VmId vm) {
        return jdbi.inTransaction(
                REPEATABLE_READ,
                handle ->
                        new Standing(
                                MemberRows.of(handle, vm),
                                OrderRows.standing(handle, vm, time.now(handle))));
    }

    @Override
    public void result(String order, boolean ok, String detail) {
        jdbi.useTransaction(handle -> {
            var row = lock(handle);
            OrderRows.find(handle, order)
                    .filter(known -> known.isNews(ok, detail))
                    .ifPresent(known -> Outcome.record(handle, row, known.order(), ok, detail));
        });
    }

    @Override
    public List<Drain> drains(int limit) {
        return jdbi.withHandle(handle -> DrainRows.latest(handle, limit));
    }

    @Override
    public Optional<Drain> drain(String id) {
        return jdbi.withHandle(handle -> DrainRows.find(handle, id));
    }

    @Override
    public List<Entry> timeline(String drain) {
        return jdbi.withHandle(handle -> TimelineRows.ofDrain(handle, drain));
    }

    @Override
    public List<Entry> timelineAfter(long sequence, int limit) {
        return jdbi.withHandle(handle -> TimelineRows.after(handle, sequence, limit));
    }
}
