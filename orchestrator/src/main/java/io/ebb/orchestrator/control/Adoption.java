package io.ebb.orchestrator.control;

import io.ebb.orchestrator.control.Accounts.Judgement;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Drain;
import io.ebb.orchestrator.ledger.Ledger.Entry;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.LoadBalancer.Claim;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what Ebb took out and the ledger does not account for, and has it put right: the tag is
 * Ebb's own signature, given in the very write that took the member out. What others took out bears
 * none and is left alone. A VM goes back only when its own agent, which reports here, calls it
 * healthy: so an installation that is tried out beside another one puts nothing of the other's
 * back.
 */
final class Adoption {
    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private final Readings readings;
    private final Set<String> told = new HashSet<>();
    private long fence = -1;
    private Instant since = Instant.MAX;
    private volatile List<String> open = List.of();

    Adoption(Readings readings) {
        this.readings = readings;
    }

    /**
     * Notes since when this process alone writes: what was read before may have been put right by
     * another meanwhile.
     */
    void under(Ledger.Lease lease, Duration term) {
        if (lease.fence() != fence) {
            fence = lease.fence();
            since = lease.until().minus(term);
        }
    }

    /**
     * The writes that drop the tags of members which somebody else put back. Such a tag must not
     * stay: if that somebody took the member out again, it would say that Ebb did.
     */
    static List<Change> spent(Sight sight, Resource resource) {
        var changes = new ArrayList<Change>();
        for (var claim : resource.claims()) {
            if (claim instanceof Claim.Back(_, var member)
                    && sight.taken(member).isEmpty()
                    && sight.rules().modes().enforces(member.pool())) {
                sight.placed(member)
                        .map(Sight.Placed::place)
                        .map(place -> new Change.Join(place.id(), place.saved()))
                        .ifPresent(changes::add);
            }
        }
        return changes;
    }

    /** What nobody accounts for and what is not put right by itself, in words. */
    List<String> open() {
        return open;
    }

    /**
     * What is to be written down of this look; empty nearly always. Where Ebb only observes,
     * nothing is adopted, it is only told.
     */
    Ledger.Turn minutes(Sight sight) {
        var modes = sight.rules().modes();
        var accounts = new Accounts(sight.fleet(), sight.open(), sight.world().now());
        var adopted = new ArrayList<TakenMember>();
        var entries = new ArrayList<Entry>();
        var left = new ArrayList<String>();
        for (var resource : sight.everyResource()) {
            for (var claim : resource.claims()) {
                switch (accounts.of(resource, claim)) {
                    case Judgement.Leave _ -> {}
                    case Judgement.Adopt(var row) when !modes.enforces(row.id().pool()) -> {
                        var out = isOut(sight, resource, claim, row);
                        left.add(out + "; mode enforce puts it back");
                    }
                    case Judgement.Adopt(var row) -> {
                        if (isOld(resource.vm())) {
                            readings.distrust(resource.vm());
                        } else {
                            adopted.add(row);
                            var words =
                                    isOut(sight, resource, claim, row)
                                            + "; it goes back once its VM is healthy";
                            LOG.warn("{}", words);
                            entries.add(entry(sight, resource.vm(), "Adopted", words));
                        }
                    }
                    case Judgement.Ask(var why) ->
                            left.add(
                                    "tag %s of %s: %s".formatted(claim.tag(), name(resource), why));
                }
                for (var words : left) {
                    if (told.add(words)) {
                        LOG.warn("{}", words);
                        entries.add(entry(sight, resource.vm(), "Unaccounted", words));
                    }
                }
            }
        }
        open = List.copyOf(left);
        return new Ledger.Turn(
                List.of(),
                List.of(),
                adopted,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                entries,
                OptionalLong.empty());
    }

    private boolean isOld(VmId vm) {
        return readings.of(vm).filter(known -> !known.at().isBefore(since)).isEmpty();
    }

    private static String isOut(Sight sight, Resource resource, Claim claim, TakenMember row) {
        return "%s is out of pool %s by Ebb's own tag %s on %s, and the ledger, lost or an older copy, does not know it"
                .formatted(
                        sight.name(resource.vm()),
                        row.id().pool().name(),
                        claim.tag(),
                        name(resource));
    }

    private static String name(Resource resource) {
        return resource.id().substring(resource.id().lastIndexOf('/') + 1);
    }

    private static Entry entry(Sight sight, VmId vm, String type, String words) {
        var drain =
                sight.open().drains().stream()
                        .filter(one -> one.vm().equals(vm))
                        .map(Drain::id)
                        .findFirst();
        return new Entry(
                0, sight.world().now(), drain, Optional.of(vm), type, Chronicle.WHO, words);
    }
}
