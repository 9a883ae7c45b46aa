package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.drain.Instruction.Kind;
import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.SeenEvent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.pool.Inventory.KnownPool;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules that must never break, judged by the truth and not by what Ebb believes. */
final class Rulebook {
    /** How old may be what Ebb knows of agents and probes: readings, lags and silence together. */
    static final long STALE = 25_000;

    /** A turn may rest on a reading of six seconds ago, and be written a lease later. */
    static final long LOOK = 16_000;

    /** What a lane sends was planned no longer ago than this. */
    static final long LEASE = 10_000;

    /** So often Ebb takes out what others put back, and then no more. */
    static final int REASSERTED = 3;

    private final Clockwork clock;
    private final Azure azure;
    private final Ledger ledger;
    private final Policies policies;
    private final Causes causes;
    private final Map<MemberId, Long> lastServing = new HashMap<>();
    private final Map<MemberId, Long> lastResting = new HashMap<>();
    private final Map<VmId, Long> meddled = new HashMap<>();
    private final Map<VmId, Long> lastWaiting = new HashMap<>();
    private final Map<String, Ledger.Lease> leases = new HashMap<>();
    private Ledger.Lease lease = new Ledger.Lease("", 0, Instant.EPOCH);
    private final Maintenance maintenance;
    private final Operators operators;
    private final Tally tally;

    Rulebook(
            Clockwork clock,
            Dice dice,
            Azure azure,
            Ledger ledger,
            Policies policies,
            Operators operators) {
        this.clock = clock;
        this.azure = azure;
        this.ledger = ledger;
        this.policies = policies;
        this.causes = new Causes(clock, policies, operators);
        this.operators = operators;
        this.tally = new Tally(clock);
        var approvals =
                new Approvals(clock, azure, ledger, policies, operators, this::isMeddledWith);
        this.maintenance = new Maintenance(clock, dice, approvals::judge, policies::expected);
    }

    Tally tally() {
        return tally;
    }

    Maintenance maintenance() {
        return maintenance;
    }

    /** A second passes. */
    void tick() {
        for (var machine : azure.machines()) {
            for (var pool : azure.pools()) {
                var last = azure.serves(machine, pool) ? lastServing : lastResting;
                last.put(Azure.member(machine, pool.id()), clock.now());
            }
        }
    }

    /** The store gave this lease. */
    void leased(Ledger.Lease given) {
        lease = given;
        leases.put(given.owner(), given);
    }

    /** The latest lease. */
    Ledger.Lease lease() {
        return lease;
    }

    /** Rule 8, as a write arrives. */
    void arriving(String sender, Azure.Request request) {
        arriving(sender);
        if (request.isUnconditional() && !azure.isCurrent(request.resource)) {
            throw new Violation(8, "%s writes over what it has not seen", sender);
        }
    }

    /** Rule 8, as anything arrives that changes something. */
    void arriving(String sender) {
        var until = Optional.ofNullable(leases.get(sender)).map(Ledger.Lease::until);
        if (until.isEmpty() || clock.instant().isAfter(until.get())) {
            throw new Violation(8, "a write of %s arrives after its lease", sender);
        }
    }

    /** Rule 2, as the control plane is asked: what was acknowledged is not asked for again. */
    void asking(String event) {
        for (var row : ledger.open().events()) {
            if (row.eventId().equals(event) && row.acknowledged().isPresent()) {
                throw new Violation(2, "%s is approved again", event);
            }
        }
    }

    /** Somebody else's hand: what Ebb cannot know at once is no breach of its. */
    void meddled(VmId vm) {
        meddled.put(vm, clock.now());
    }

    private boolean isMeddledWith(Machine machine) {
        return meddled.getOrDefault(machine.id, -STALE) + STALE > clock.now();
    }

    private boolean isWithin(Map<MemberId, Long> last, MemberId member) {
        return last.getOrDefault(member, -STALE) + STALE > clock.now();
    }

    /** Rules 1, 4, 5 and 6, as a write is sent. */
    void sending(List<Change> changes) {
        for (var change : changes) {
            switch (change) {
                case Change.Leave(var member, _) -> leaving(member);
                case Change.Join(var member, var saved) -> joining(member, saved);
            }
        }
    }

    private void leaving(MemberId member) {
        var row = ledger.open().taken().stream().filter(r -> r.id().equals(member)).findFirst();
        if (row.isEmpty()) {
            throw new Violation(1, "%s leaves and the ledger does not know", member);
        }
        if (!row.get().saved().equals(Azure.saved(member))) {
            throw new Violation(1, "%s leaves and the ledger does not know how it was", member);
        }
    }

    private void joining(MemberId member, String saved) {
        var machine = azure.machine(member.vm());
        if (azure.owner(member).equals(Optional.of(Azure.Owner.OTHERS))) {
            throw new Violation(5, "%s is put back, which others took out", member);
        }
        if (!saved.equals(Azure.saved(member))) {
            throw new Violation(5, "%s is put back as '%s'", member, saved);
        }
        if (machine.unwellFor() > STALE
                && !operators.lately(Kind.PUT_BACK, machine.id)
                && !causes.isLeftToTheProbe(machine, maintenance.of(machine))) {
            throw new Violation(6, "%s is put back and has been unwell for long", member);
        }
        if (operators.lately(Kind.EXEMPT, machine.id)) {
            return; // an operator wants it in
        }
        for (var event : maintenance.of(machine)) {
            if (!operators.lately(Kind.CANCEL, event.id)
                    && !isHindered(member.vm())
                    && event.knownSince >= 0
                    && event.knownSince + LEASE < clock.now()
                    && causes.isFirmly(event)) {
                throw new Violation(4, "%s is put back while %s is there", member, event.id);
            }
        }
    }

    /** Whether the plan keeps it waiting in its pools, or did when it was last told to go back. */
    private boolean isHindered(VmId vm) {
        return lastWaiting.getOrDefault(vm, -LEASE) + LEASE > clock.now()
                || waiting(ledger.open()).anyMatch(vm::equals);
    }

    private static Stream<VmId> waiting(Ledger.Open open) {
        return open.drains().stream()
                .filter(drain -> drain.state().equals("Waiting"))
                .map(Ledger.Drain::vm);
    }

    /** Rules 3 and 4, as a turn was written down. */
    void written(Ledger.Lease by, Ledger.Open open, Ledger.Turn turn, List<Ledger.Entry> entries) {
        tell(entries);
        if (by.fence() != lease.fence() || !clock.instant().isBefore(lease.until())) {
            throw new Violation(8, "%s wrote, and %s holds the lease", by, lease);
        }
        waiting(open).forEach(vm -> lastWaiting.put(vm, clock.now()));
        var before = rows(open.taken());
        var events = new LinkedHashMap<String, SeenEvent>();
        open.events().forEach(event -> events.put(event.eventId(), event));
        for (var event : turn.events()) {
            events.put(event.eventId(), event);
            noted(event);
        }
        var after = new LinkedHashMap<>(before);
        for (var row : turn.taken()) {
            after.put(row.id(), row);
            if (!before.containsKey(row.id())) {
                taking(row, List.copyOf(events.values()));
            }
        }
        turn.settled().forEach(after::remove);
        for (var pool : azure.pools()) {
            budget(pool, before, after, List.copyOf(events.values()));
        }
    }

    /**
     * What others took out a moment ago may be taken too: nobody can tell whose doing it was. And
     * nothing is taken without a reason.
     */
    private void taking(TakenMember row, List<SeenEvent> events) {
        var member = row.id();
        if (azure.owner(member).equals(Optional.of(Azure.Owner.OTHERS))) {
            if (meddled.getOrDefault(member.vm(), -LOOK) + LOOK < clock.now()) {
                throw new Violation(5, "%s is taken, which others took out", member);
            }
            azure.sharesTheBlame(member);
        }
        var machine = azure.machine(member.vm());
        if (!row.intent().isBack()
                && standing(machine, events).stream().noneMatch(causes::is)
                && !operators.lately(Kind.DRAIN, machine.id)) {
            throw new Violation(3, "%s is taken, and nothing asks for it", member);
        }
    }

    private static Map<MemberId, TakenMember> rows(List<TakenMember> taken) {
        var rows = new LinkedHashMap<MemberId, TakenMember>();
        taken.forEach(row -> rows.put(row.id(), row));
        return rows;
    }

    private void noted(SeenEvent seen) {
        var real = maintenance.find(seen.eventId());
        if (real.isEmpty()) {
            return; // somebody lied
        }
        var event = real.get();
        var isGone = seen.status().equals("Gone");
        if (isGone && event.shown && event.shownSince + STALE < clock.now()) {
            throw new Violation(4, "%s is called gone and is there", event.id);
        }
        if (!isGone && event.shown && event.knownSince < 0) {
            event.knownSince = clock.now();
        }
    }

    /** Others put it back again and again, and it serves: Ebb has given up, and says so. */
    private boolean isLeftToOthers(Optional<TakenMember> row, Machine machine, KnownPool pool) {
        return row.filter(r -> r.reasserted() >= REASSERTED)
                        .filter(r -> r.since().plusMillis(LEASE).isBefore(clock.instant()))
                        .filter(r -> azure.owner(r.id()).isEmpty())
                        .isPresent()
                && azure.serves(machine, pool);
    }

    private static boolean isGoing(Optional<TakenMember> row) {
        return row.filter(r -> !r.intent().isBack()).isPresent();
    }

    private void budget(
            KnownPool pool,
            Map<MemberId, TakenMember> before,
            Map<MemberId, TakenMember> after,
            List<SeenEvent> events) {
        var news = new HashSet<MemberId>();
        var out = new LinkedHashMap<MemberId, Machine>();
        var staying = 0;
        var members = 0;
        var pressed = false;
        var lied = false;
        for (var machine : azure.machines()) {
            var member = Azure.member(machine, pool.id());
            var row = Optional.ofNullable(after.get(member));
            // Whether others have just put it back, Ebb may not have read yet.
            var isMember = row.isPresent() || azure.isShown(member);
            members += isMember && !isMeddledWith(machine) ? 1 : 0;
            if (isGoing(row) && !isLeftToOthers(row, machine, pool)) {
                out.put(member, machine);
                var isNew = !isGoing(Optional.ofNullable(before.get(member)));
                // One that was down a moment ago costs nothing, and may still go beyond the most.
                pressed |= isNew && isPressed(machine, events);
                if (isNew && !isWithin(lastResting, member)) {
                    news.add(member);
                    lied |= isOnlyTold(machine, events);
                }
            } else if (azure.serves(machine, pool)
                    || isWithin(lastServing, member)
                    || (azure.isEffective(member) && azure.isMute(STALE))) {
                staying++;
            } else if (row.isPresent()) {
                out.put(member, machine);
            }
        }
        if (!news.isEmpty()) {
            var budget = policies.now().of(pool.id()).budget(pool.id(), members);
            var together = budget.domainTogether() && Causes.areTogether(out.values(), events);
            var least = pressed ? 1 : budget.minimum();
            var most = pressed || together ? out.size() : budget.mostOut();
            judge(lied ? 9 : 3, news, out.keySet(), staying, least, most);
        }
    }

    /** Rule 3; rule 9 where it is broken for an event that somebody made up. */
    private static void judge(
            int rule, Set<MemberId> news, Set<MemberId> out, int staying, int least, int most) {
        if (staying < 1) {
            throw new Violation(rule, "the last member of a pool is lost: %s", news);
        }
        if (staying < least) {
            throw new Violation(rule, "%s leave, and their pool keeps %d", news, staying);
        }
        if (out.size() > most) {
            throw new Violation(rule, "%s are out, of %d that may be", out, most);
        }
    }

    private static List<SeenEvent> standing(Machine machine, List<SeenEvent> events) {
        return events.stream()
                .filter(event -> event.vms().contains(machine.name))
                .filter(event -> !event.status().equals("Gone"))
                .toList();
    }

    private boolean isReal(SeenEvent event) {
        return maintenance.find(event.eventId()).isPresent();
    }

    private boolean isOnlyTold(Machine machine, List<SeenEvent> events) {
        return standing(machine, events).stream().noneMatch(this::isReal);
    }

    /** Of its own VM an agent is believed: it could as well stop the VM. */
    private boolean isPressed(Machine machine, List<SeenEvent> events) {
        return standing(machine, events).stream()
                .filter(event ->
                        isReal(event) || event.eventId().equals(AgentProcess.lieOf(machine)))
                .anyMatch(causes::isPressing);
    }

    private void tell(List<Ledger.Entry> entries) {
        entries.forEach(e ->
                clock.tell(
                        "  ledger: %s %s [%s]",
                        e.vm().map(VmId::value).orElse("-"), e.message(), e.type()));
    }

    /** After the world calmed down: rule 5 and the end of every drain. */
    void end() {
        var open = ledger.open();
        for (var drain : open.drains()) {
            throw new Violation(
                    10, "the drain of %s stays %s: %s", drain.vmName(), drain.state(), drain.why());
        }
        for (var machine : azure.machines()) {
            for (var pool : azure.pools()) {
                back(Azure.member(machine, pool.id()));
            }
        }
        if (!open.taken().isEmpty()) {
            throw new Violation(5, "rows are left: %s", open.taken());
        }
    }

    private void back(MemberId member) {
        var owner = azure.owner(member);
        if (owner.isPresent() && owner.get() != Azure.Owner.EBB) {
            return;
        }
        if (!azure.isEffective(member)) {
            throw new Violation(5, "%s is lost outside", member);
        }
        if (!azure.shown(member).equals(Optional.of(Azure.saved(member)))) {
            throw new Violation(5, "%s is not as it was", member);
        }
    }
}
