package io.ebb.orchestrator.api;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a test puts into it can be read. */
@Singleton
@Primary
@Requires(env = "fakes")
final class FakeLedger implements Ledger {
    volatile Open open = new Open(List.of(), List.of(), List.of(), List.of(), Optional.empty(), 0);
    volatile List<Drain> drains = List.of();
    volatile List<Entry> timeline = List.of();
    volatile List<Heard> agents = List.of();

    @Override
    public Open open() {
        return open;
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Asked> withdraw(String id, String who) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Asked> instructions(int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<PolicyVersion> policy() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PolicyVersion revise(int expected, String document, String who, String why) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> timelineAfter(long sequence, int limit) {
        throw new UnsupportedOperationException();
    }
}
