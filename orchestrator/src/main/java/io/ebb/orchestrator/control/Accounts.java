package io.ebb.orchestrator.control;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Intent;
import io.ebb.orchestrator.ledger.Ledger.TakenMember;
import io.ebb.orchestrator.pool.Inventory;
import io.ebb.orchestrator.pool.LoadBalancer.Claim;
import io.ebb.orchestrator.pool.LoadBalancer.Resource;
import java.time.Instant;

/**
 * Whether the ledger accounts for what the resources themselves say that Ebb took out. It always
 * does, as rows are written before resources are: unless it was lost, or is an older copy.
 */
public final class Accounts {
    private final Inventory.Fleet fleet;
    private final Ledger.Open open;
    private final Instant now;

    /**
     * @param open what the ledger has open; read after the resources were
     * @param now the store's time
     */
    public Accounts(Inventory.Fleet fleet, Ledger.Open open, Instant now) {
        this.fleet = fleet;
        this.open = open;
        this.now = now;
    }

    /** What is to be done about a claim. */
    public sealed interface Judgement {
        /** Nobody knows of it: this row is to be written, and the member goes back by it. */
        record Adopt(TakenMember row) implements Judgement {}

        /** There is nothing to do. */
        record Leave(String why) implements Judgement {}

        /** Nothing can be done, so a person must look at it. */
        record Ask(String why) implements Judgement {}
    }

    private boolean isKnown(MemberId member) {
        return open.taken().stream().anyMatch(row -> row.id().equals(member));
    }

    private boolean isPool(PoolId id) {
        return fleet.pools().stream().anyMatch(pool -> pool.id().equals(id));
    }

    /**
     * Judges a claim. A member that is adopted opens as one that is being recalled: it goes back
     * once its VM is healthy, unless there is a cause to be out. That it left by removal is all
     * that is known of how it went.
     */
    public Judgement of(Resource resource, Claim claim) {
        return switch (claim) {
            case Claim.Unreadable(_, var why) -> new Judgement.Ask(why);
            case Claim.Back(_, var member) ->
                    new Judgement.Leave(
                            "it is in pool %s again; the orchestrator drops the tag"
                                    .formatted(member.pool().name()));
            case Claim.Out(_, var member, _) when isKnown(member) ->
                    new Judgement.Leave("the ledger knows of it");
            case Claim.Out(_, var member, _) when !isPool(member.pool()) ->
                    new Judgement.Ask(
                            "pool %s does not exist any more, or is none of Ebb's"
                                    .formatted(member.pool()));
            case Claim.Out(_, var member, var saved) ->
                    new Judgement.Adopt(
                            new TakenMember(
                                    member,
                                    resource.id(),
                                    resource.guid(),
                                    saved,
                                    Strategy.REMOVE.name(),
                                    Intent.RECALL,
                                    now));
        };
    }
}
