package io.ebb.orchestrator.azure;

import io.ebb.orchestrator.drain.MemberId;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.pool.LoadBalancer.Claim;
import java.util.ArrayList;
import java.util.List;

/** What the tags of one network interface say that Ebb took out. */
final class Claims {
    private Claims() {}

    /** Reads them, in the order in which they would be put back. */
    static List<Claim> of(Nic nic, VmId vm) {
        var claims = new ArrayList<Claim>();
        for (var tag : OutTag.of(nic.tree())) {
            claims.add(of(nic, vm, tag));
        }
        for (var name : OutTag.unreadable(nic.tree())) {
            claims.add(
                    new Claim.Unreadable(
                            name,
                            "its value is not one of Ebb's: "
                                    + nic.tree().path("tags").path(name).asText()));
        }
        return claims;
    }

    private static Claim of(Nic nic, VmId vm, OutTag tag) {
        var member = member(nic, vm, tag.pool(), tag.ipConfig());
        if (nic.isIn(tag.ipConfig(), tag.pool())) {
            return new Claim.Back(tag.name(), member);
        }
        return nic.remembered(tag)
                .<Claim>map(saved -> new Claim.Out(tag.name(), member, saved.write()))
                .orElseGet(() ->
                        new Claim.Unreadable(
                                tag.name(),
                                "%s has no IP configuration %s any more"
                                        .formatted(nic.name(), tag.ipConfig())));
    }

    /** The member that an IP configuration of an interface is in a pool. */
    static MemberId member(Nic nic, VmId vm, String pool, String ipConfig) {
        return new MemberId(vm, new PoolId(pool), nic.id() + "/ipConfigurations/" + ipConfig);
    }
}
