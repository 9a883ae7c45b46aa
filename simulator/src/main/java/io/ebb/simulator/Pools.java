package io.ebb.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.balancer.MemberState;
import java.util.LinkedHashMap;
import java.util.List;

/** The load balancer's members as the control API shows them: by pool. */
final class Pools {
    private Pools() {}

    static ObjectNode show(List<MemberState> members) {
        var json = JsonNodeFactory.instance.objectNode();
        var pools = json.putArray("value");
        var known = new LinkedHashMap<String, ArrayNode>();
        for (var member : members) {
            known.computeIfAbsent(
                            member.loadBalancer() + "/" + member.pool(),
                            _ ->
                                    pools.addObject()
                                            .put("loadBalancer", member.loadBalancer())
                                            .put("pool", member.pool())
                                            .putArray("members"))
                    .addObject()
                    .put("vm", member.vm())
                    .put("nic", member.nic())
                    .put("ipConfiguration", member.ipConfiguration())
                    .put("inPool", member.inPool())
                    .put("adminState", member.adminState())
                    .put("probe", member.probeUp() ? "up" : "down")
                    .put("openFlows", member.openFlows())
                    .put("totalFlows", member.totalFlows());
        }
        return json;
    }
}
