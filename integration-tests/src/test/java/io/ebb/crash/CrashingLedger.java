package io.ebb.crash;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.jdbc.JdbcLedger;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The ledger, with a point before and after each of its writes. */
@Singleton
@Replaces(JdbcLedger.class)
public final class CrashingLedger implements Ledger {
    private final Ledger ledger;

    /** The real one, and the points around it. */
    public CrashingLedger(DataSource dataSource) {
        ledger = new JdbcLedger(dataSource);
    }

    @Override
    public List<Entry> write(Lease lease, Turn turn) {
        var kinds = kinds(turn);
        kinds.forEach(kind -> Point.pass("write-" + kind + ":before"));
        var written = ledger.write(lease, turn);
        kinds.forEach(kind -> Point.pass("write-" + kind + ":after"));
        return written;
    }

    /** What a turn's minutes hold; several things at once now and then. */
    private static Set<String> kinds(Turn turn) {
        var kinds = new LinkedHashSet<String>();
        turn.events().forEach(event -> kinds.add(kind(event)));
        turn.taken()
                .forEach(taken ->
                        kinds.add("intent-" + taken.intent().name().toLowerCase(Locale.ROOT)));
        if (!turn.orders().isEmpty()) {
            kinds.add("order");
        }
        if (!turn.settled().isEmpty()) {
            kinds.add("settled");
        }
        if (!turn.forgotten().isEmpty()) {
            kinds.add("forgotten");
        }
        return kinds;
    }

    private static String kind(SeenEvent event) {
        var approved = event.approved().isPresent() && event.status().equals("Scheduled");
        return "event-" + (approved ? "approved" : event.status().toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<Lease> lease(String owner, Duration term) {
        return around("lease", () -> ledger.lease(owner, term));
    }

    @Override
    public int prune(Lease lease, Instant before, int limit) {
        return around("prune", () -> ledger.prune(lease, before, limit));
    }

    @Override
    public boolean heard(Heard heard) {
        return around("report", () -> ledger.heard(heard));
    }

    @Override
    public void result(String order, boolean ok, String detail) {
        around("result", () -> ledger.result(order, ok, detail));
    }

    private static void around(String name, Runnable write) {
        Point.pass(name + ":before");
        write.run();
        Point.pass(name + ":after");
    }

    private static <T> T around(String name, Supplier<T> write) {
        Point.pass(name + ":before");
        var result = write.get();
        Point.pass(name + ":after");
        return result;
    }

    @Override
    public void landedLate(TakenMember member, Entry entry) {
        around("landed", () -> ledger.landedLate(member, entry));
    }

    @Override
    public void release(Lease lease) {
        around("release", () -> ledger.release(lease));
    }

    @Override
    public Instruction instruct(Instruction wanted) {
        return around("instruct", () -> ledger.instruct(wanted));
    }

    @Override
    public Optional<Asked> withdraw(String id, String who) {
        return around("withdraw", () -> ledger.withdraw(id, who));
    }

    @Override
    public List<Asked> instructions(int limit) {
        return ledger.instructions(limit);
    }

    @Override
    public Optional<PolicyVersion> policy() {
        return ledger.policy();
    }

    @Override
    public PolicyVersion revise(int expected, String document, String who, String why) {
        return around("revise", () -> ledger.revise(expected, document, who, why));
    }

    @Override
    public Instant now() {
        return ledger.now();
    }

    @Override
    public Open open() {
        return ledger.open();
    }

    @Override
    public List<Heard> agents() {
        return ledger.agents();
    }

    @Override
    public Optional<Heard> agent(VmId vm) {
        return ledger.agent(vm);
    }

    @Override
    public Optional<Asked> instruction(String id) {
        return ledger.instruction(id);
    }

    @Override
    public Standing standing(VmId vm) {
        return ledger.standing(vm);
    }

    @Override
    public List<Drain> drains(int limit) {
        return ledger.drains(limit);
    }

    @Override
    public Optional<Drain> drain(String id) {
        return ledger.drain(id);
    }

    @Override
    public List<Entry> timeline(String drain) {
        return ledger.timeline(drain);
    }

    @Override
    public List<Entry> timelineAfter(long sequence, int limit) {
        return ledger.timelineAfter(sequence, limit);
    }
}
