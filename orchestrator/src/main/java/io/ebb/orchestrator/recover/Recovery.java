package io.ebb.orchestrator.recover;

import io.ebb.orchestrator.control.Accounts;
import io.ebb.orchestrator.control.Accounts.Judgement;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.ebb.orchestrator.pool.LoadBalancer.Claim;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Reads what the resources of the inventory say that Ebb took out, and writes those members into
 * the ledger that it does not know. The next turn of an orchestrator finds them returning.
 */
@Singleton
public final class Recovery {
    /** As long as the reading takes, usually; an orchestrator that starts waits no longer. */
    private static final Duration TERM = Duration.ofSeconds(30);

    private static final String WHO = "recover";

    private final Inventory inventory;
    private final LoadBalancer balancer;
    private final Ledger ledger;

    public Recovery(Inventory inventory, LoadBalancer balancer, Ledger ledger) {
        this.inventory = inventory;
        this.balancer = balancer;
        this.ledger = ledger;
    }

    /**
     * Recovers. Doing it again changes nothing.
     *
     * @throws io.ebb.orchestrator.pool.CloudException when nothing can be read
     * @throws RefusedException while an orchestrator holds the lease
     */
    public Findings run() {
        var owner = UUID.randomUUID().toString();
        var lease = lease(owner);
        try {
            var fleet = inventory.read();
            var reading = balancer.read(fleet.vms());
            var fence = lease.fence();
            lease = lease(owner);
            // A lease that ended meanwhile comes back with the next fence, unless another had it.
            if (lease.fence() > fence + 1) {
                throw new RefusedException(
                        "an orchestrator ran while Azure was being read: stop it, and try again");
            }
            return write(lease, fleet, reading);
        } catch (Ledger.LeaseLostException e) {
            throw new RefusedException("nothing was written: " + e.getMessage());
        } finally {
            ledger.release(lease);
        }
    }

    private Ledger.Lease lease(String owner) {
        return ledger.lease(owner, TERM)
                .orElseThrow(() ->
                        new RefusedException(
                                "an orchestrator is running and holds the ledger's lease: stop it"
                                        + " first; one that was killed holds it for some seconds"
                                        + " more"));
    }

    private Findings write(
            Ledger.Lease lease, Inventory.Fleet fleet, LoadBalancer.Reading reading) {
        var names = new HashMap<VmId, String>();
        fleet.vms().forEach(vm -> names.put(vm.id(), vm.name()));
        var now = ledger.now();
        var accounts = new Accounts(fleet, ledger.open(), now);
        var rows = new ArrayList<TakenMember>();
        var entries = new ArrayList<Entry>();
        var lines = new ArrayList<Line>();
        for (var resource : reading.resources()) {
            for (var claim : resource.claims()) {
                var judgement = accounts.of(resource, claim);
                var line = line(resource, claim, judgement, names);
                lines.add(line);
                if (judgement instanceof Judgement.Adopt(var row)) {
                    rows.add(row);
                    entries.add(
                            new Entry(
                                    0,
                                    now,
                                    Optional.empty(),
                                    Optional.of(resource.vm()),
                                    "Recovered",
                                    WHO,
                                    "out of pool %s by tag %s of %s: written into the ledger"
                                            .formatted(line.pool(), claim.tag(), line.nic())));
                }
            }
        }
        for (var unread : reading.unread()) {
            var why = unread.gone() ? "it does not exist any more" : "not read: " + unread.why();
            lines.add(
                    new Line(
                            names.getOrDefault(unread.vm(), unread.vm().value()),
                            last(unread.id()),
                            "-",
                            "-",
                            why,
                            !unread.gone()));
        }
        if (!rows.isEmpty()) {
            ledger.write(
                    lease,
                    new Ledger.Turn(
                            List.of(),
                            List.of(),
                            rows,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            entries,
                            OptionalLong.empty()));
        }
        return new Findings(lines, reading.resources().size());
    }

    private static Line line(
            Resource resource, Claim claim, Judgement judgement, Map<VmId, String> names) {
        var pool =
                switch (claim) {
                    case Claim.Out(_, var member, _) -> member.pool().name();
                    case Claim.Back(_, var member) -> member.pool().name();
                    case Claim.Unreadable _ -> "-";
                };
        var done =
                switch (judgement) {
                    case Judgement.Adopt _ -> "added: it goes back once its VM is healthy";
                    case Judgement.Leave(var why) -> "left alone: " + why;
                    case Judgement.Ask(var why) -> "LEFT ALONE: " + why;
                };
        return new Line(
                names.getOrDefault(resource.vm(), resource.vm().value()),
                last(resource.id()),
                claim.tag(),
                pool,
                done,
                judgement instanceof Judgement.Ask);
    }

    private static String last(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
