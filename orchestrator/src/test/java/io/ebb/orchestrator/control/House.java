package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.Instruction.Target;
import io.ebb.orchestrator.drain.State;
import io.ebb.orchestrator.drain.Step;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.Reports;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.MemoryLedger;
import io.ebb.orchestrator.policy.PoolRule;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.pool.FakeApprover;
import io.ebb.orchestrator.pool.FakeCloud;
import io.ebb.protocol.ReportJson;
import io.ebb.protocol.Wish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The whole control loop on a cloud and a ledger in memory, with a clock that tests turn. */
final class House {
    static final Duration TERM = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    final FakeCloud cloud;
    final FakeApprover approver = new FakeApprover();
    MemoryLedger ledger;
    private final Map<VmId, Long> sequences = new HashMap<>();
    private final Map<VmId, Boolean> passing = new HashMap<>();
    private final Rules rules;
    private final List<Runnable> sent = new ArrayList<>();
    private boolean slow;
    private Instant now = Instant.parse("2026-11-20T17:00:00Z");
    private Crew crew;

    House(int size, boolean enforce) {
        this(size, Rules.of(enforce, _ -> Terms.DEFAULT, PoolRule.DEFAULT));
    }

    House(int size, Rules rules) {
        this(FakeCloud.of(size), rules);
    }

    /** One that stands beside another, with a ledger of its own. */
    House(FakeCloud cloud, boolean enforce) {
        this(cloud, Rules.of(enforce, _ -> Terms.DEFAULT, PoolRule.DEFAULT));
    }

    private House(FakeCloud cloud, Rules rules) {
        this.cloud = cloud;
        this.ledger = new MemoryLedger(() -> now);
        this.rules = rules;
        restart();
    }

    /** A new process on the same ledger: everything in memory is lost. */
    void restart() {
        sent.clear();
        crew = new Crew(cloud, cloud, approver, ledger, rules, sent::add, this::nanoTime);
        crew.inventory();
    }

    /** A new process whose database is lost, and an empty one in its place. */
    void loseLedger() {
        ledger = new MemoryLedger(() -> now);
        restart();
    }

    private long nanoTime() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    /** What neither the ledger accounts for nor a turn puts right. */
    List<String> unaccounted() {
        return crew.turn.unaccounted();
    }

    /** The inventory is read anew. */
    void inventory() {
        crew.inventory();
    }

    /** From now on writes are answered only by {@link #answer}. */
    void beSlow() {
        slow = true;
    }

    /** The process is paused before its requests go out: they are left to whoever holds them. */
    List<Runnable> pause() {
        var held = List.copyOf(sent);
        sent.clear();
        return held;
    }

    /** Another replica plans, and this one only watches. */
    void watch(Duration time) {
        look(time);
        now = now.plus(time);
        crew.turn.watch(TERM);
    }

    /** What a turn would see now. */
    Sight sight() {
        return crew.lookout.look(crew.fleet.get().orElseThrow(), ledger.open(), rules, TERM);
    }

    /** The last part of a turn that has seen this. */
    void perform(Sight sight, List<Step> steps) {
        crew.lanes.perform(ledger.lease("house", TERM).orElseThrow(), TERM, sight, steps);
    }

    /** The writes that were sent are carried out and answered. */
    void answer() {
        var writes = List.copyOf(sent);
        sent.clear();
        writes.forEach(Runnable::run);
    }

    /** An agent reports; its document and its counts are of this moment. */
    Wish report(Reports reports) {
        var report = reports.build();
        var vm = new VmId(report.vm().vmId());
        reports.toldToPass(passing.getOrDefault(vm, true));
        var next = reports.sequence(sequences.merge(vm, 1L, Long::sum)).build();
        var json = new String(ReportJson.write(next), StandardCharsets.UTF_8);
        var wish = crew.accept(next.vm().name(), json, next);
        passing.put(vm, wish.passProbe());
        return wish;
    }

    /** Time passes, the cloud is looked at, and a turn is taken. */
    void after(Duration time) {
        look(time);
        afterWithoutLooking(time);
    }

    /** The cloud is looked at after that time; no turn is taken. */
    void look(Duration after) {
        var interest = crew.turn.interest(crew.fleet.get().orElseThrow());
        crew.readings.refresh(interest.vms(), interest.busy(), now.plus(after));
        crew.readings.list(interest.left());
    }

    /** Time passes and a turn is taken; the cloud is too slow to be looked at meanwhile. */
    void afterWithoutLooking(Duration time) {
        // The process lives all the while, and renews its lease as it does.
        var until = now.plus(time);
        for (; now.plus(RENEWAL).isBefore(until); now = now.plus(RENEWAL)) {
            ledger.lease("house", TERM);
        }
        now = until;
        crew.turn.take(ledger.lease("house", TERM).orElseThrow(), TERM);
        if (!slow) {
            answer();
        }
    }

    /** An operator asks this. */
    Instruction ask(Kind kind, Target target) {
        var id = kind + "-" + ledger.instructions(1000).size();
        return ledger.instruct(
                new Instruction(id, kind, target, "ann", "because", now, Optional.empty()));
    }

    /** The VM's latest drain. */
    Ledger.Drain drain(int vm) {
        return ledger.drains(1000).stream()
                .filter(drain -> drain.vm().equals(vm(vm)))
                .findFirst()
                .orElseThrow();
    }

    Instant now() {
        return now;
    }

    State state(int vm) {
        return Objects.requireNonNull(crew.turn.view().orElseThrow().plan().states().get(vm(vm)));
    }

    static VmId vm(int number) {
        return new VmId("vm-" + number);
    }

    static Reports web(int number) {
        return Reports.of("web-" + number, "vm-" + number);
    }

    /** The types of a VM's timeline, in order. */
    List<String> told(int vm) {
        return ledger.timelineAfter(0, 1000).stream()
                .filter(entry -> entry.vm().equals(Optional.of(vm(vm))))
                .map(Ledger.Entry::type)
                .toList();
    }
}
