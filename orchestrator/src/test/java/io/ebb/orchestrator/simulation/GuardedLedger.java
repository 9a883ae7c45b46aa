package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.Instruction;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One process's way to the store: the process may be killed or held up around each write. */
record GuardedLedger(Ledger store, Azure azure, Dice dice, Mutant mutant, Site site, Rulebook rules)
        implements Ledger {
    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public Optional<Lease> lease(String owner, Duration term) {
        var lease = store.lease(owner, term);
        lease.ifPresent(rules::leased);
        return lease;
    }

    @Override
    public void release(Lease lease) {
        store.release(lease);
    }

    @Override
    public Open open() {
        return mutant.open(store.open(), azure, now());
    }

    @Override
    public List<Entry> write(Lease lease, Turn turn) {
        site.mayCrash();
        if (dice.fault(0.01)) {
            site.waitFor(dice.between(1000, 25_000));
        }
        var mutated = mutant.written(turn);
        var before = store.open();
        var shown = mutant == Mutant.WRITES_WITHOUT_THE_LEASE ? rules.lease() : lease;
        var entries = store.write(shown, mutated);
        rules.written(lease, before, mutated, entries);
        site.mayCrash();
        if (dice.fault(0.01)) {
            site.waitFor(dice.between(1000, 25_000));
        }
        return entries;
    }

    @Override
    public int prune(Lease lease, Instant before, int limit) {
        return store.prune(lease, before, limit);
    }

    @Override
    public void landedLate(TakenMember member, Entry entry) {
        store.landedLate(member, entry);
    }

    @Override
    public Instruction instruct(Instruction wanted) {
        return store.instruct(wanted);
    }

    @Override
    public Optional<Asked> withdraw(String id, String who) {
        return store.withdraw(id, who);
    }

    @Override
    public Optional<Asked> instruction(String id) {
        return store.instruction(id);
    }

    @Override
    public List<Asked> instructions(int limit) {
        return store.instructions(limit);
    }

    @Override
    public Optional<PolicyVersion> policy() {
        return store.policy();
    }

    @Override
    public PolicyVersion revise(int expected, String document, String who, String why) {
        return store.revise(expected, document, who, why);
    }

    @Override
    public boolean heard(Heard heard) {
        return store.heard(heard);
    }

    @Override
    public List<Heard> agents() {
        return mutant == Mutant.NONE ? store.agents() : mutant.agents(store.agents());
    }

    @Override
    public Optional<Heard> agent(VmId vm) {
        return store.agent(vm).map(mutant::heard);
    }

    @Override
    public Standing standing(VmId vm) {
        return store.standing(vm);
    }

    @Override
    public void result(String order, boolean ok, String detail) {
        store.result(order, ok, detail);
    }

    @Override
    public List<Drain> drains(int limit) {
        return store.drains(limit);
    }

    @Override
    public Optional<Drain> drain(String id) {
        return store.drain(id);
    }

    @Override
    public List<Entry> timeline(String drain) {
        return store.timeline(drain);
    }

    @Override
    public List<Entry> timelineAfter(long sequence, int limit) {
        return store.timelineAfter(sequence, limit);
    }
}
