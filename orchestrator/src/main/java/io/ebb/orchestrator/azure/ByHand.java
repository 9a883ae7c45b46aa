package io.ebb.orchestrator.azure;

import io.ebb.orchestrator.drain.MemberId;
import java.util.Optional;

/** The command for {@code az} that does what Ebb would. */
final class ByHand {
    private ByHand() {}

    /** The command that puts the member back; empty when its place is not one of this driver's. */
    static Optional<String> command(MemberId member, Saved saved) {
        var nic = new ArmId(member.place()).parent();
        var pool = new ArmId(saved.pool());
        var balancer = pool.part("loadBalancers");
        if (nic.part("networkInterfaces").isEmpty() || balancer.isEmpty()) {
            return Optional.empty();
        }
        // By names az looks for the load balancer beside the interface; elsewhere it takes an id.
        var beside =
                nic.resourceGroup().equalsIgnoreCase(pool.resourceGroup())
                        && nic.subscription().equalsIgnoreCase(pool.subscription());
        return Optional.of(
                "az network nic ip-config address-pool add"
                        + option("resource-group", nic.resourceGroup())
                        + option("nic-name", nic.name())
                        + option("ip-config-name", saved.ipConfig())
                        + (beside
                                ? option("lb-name", balancer.get())
                                        + option("address-pool", pool.name())
                                : option("address-pool", pool.value()))
                        + option("subscription", nic.subscription()));
    }

    private static String option(String name, String value) {
        return " --" + name + " " + (value.matches("[\\w./-]+") ? value : "'" + value + "'");
    }
}
