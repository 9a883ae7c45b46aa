package io.ebb.orchestrator.api;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.MemoryLedger;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a test puts into it can be read; what operators say is kept in memory. */
@Singleton
@Primary
@Requires(env = "fakes")
final class FakeLedger implements Ledger {
    volatile Open open = new Open(List.of(), List.of(), List.of(), List.of(), Optional.empty(), 0);
    volatile List<Drain> drains = List.of();
    volatile List<Entry> timeline = List.of();
    volatile List<Heard> agents = List.of();

    volatile Instant now = Fleet.NOW;
    private volatile MemoryLedger memory = new MemoryLedger(() -> now);

    /** Nobody has said anything yet. */
    void forget() {
        memory = new MemoryLedger(() -> now);
    }

    @Override
    public Open open() {
        var spoken = memory.open();
        return new Open(
                open.events(),
                open.taken(),
                open.drains(),
                spoken.instructions(),
                spoken.policy(),
                spoken.spoken());
    }

    @Override
    public List<Heard> agents() {
        return agents;
    }

    @Override
    public Optional<Heard> agent(VmId vm) {
        return agents.stream().filter(heard -> heard.vm().equals(vm)).findFirst();
    }

    @Override
    public List<Drain> drains(int limit) {
        return drains.stream().limit(limit).toList();
    }

    @Override
    public Optional<Drain> drain(String id) {
        return drains.stream().filter(drain -> drain.id().equals(id)).findFirst();
    }

    @Override
    public List<Entry> timeline(String drain) {
        return timeline.stream().filter(e -> e.drain().equals(Optional.of(drain))).toList();
    }

    @Override
    public Instant now() {
        return memory.now();
    }

    @Override
    public Optional<Lease> lease(String owner, Duration term) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(Lease lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> write(Lease lease, Turn turn) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int prune(Lease lease, Instant before, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void landedLate(TakenMember member, Entry entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean heard(Heard heard) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Standing standing(VmId vm) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void result(String order, boolean ok, String detail) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instruction instruct(Instruction wanted) {
        memory.write(memory.lease("fake", Duration.ofMinutes(1)).orElseThrow(), events());
        return memory.instruct(wanted);
    }

    private Turn events() {
        return new Turn(
                open.events(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                OptionalLong.empty());
    }

    @Override
    public Optional<Asked> withdraw(String id, String who) {
        return memory.withdraw(id, who);
    }

    @Override
    public Optional<Asked> instruction(String id) {
        return memory.instruction(id);
    }

    @Override
    public List<Asked> instructions(int limit) {
        return memory.instructions(limit);
    }

    @Override
    public Optional<PolicyVersion> policy() {
        return memory.policy();
    }

    @Override
    public PolicyVersion revise(int expected, String document, String who, String why) {
        return memory.revise(expected, document, who, why);
    }

    @Override
    public List<Entry> timelineAfter(long sequence, int limit) {
        throw new UnsupportedOperationException();
    }
}
