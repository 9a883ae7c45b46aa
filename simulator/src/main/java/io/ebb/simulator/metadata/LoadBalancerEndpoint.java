package io.ebb.simulator.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.scenario.LoadBalancer;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.Vm;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** {@code /metadata/loadbalancer}: the rules that lead to the machine, while it is in a pool. */
final class LoadBalancerEndpoint {
    static final String SINCE = "2020-10-01";

    private static final String NONE =
            "No load balancer metadata is found. Check if your virtual machine is using any"
                    + " nonbasic SKU load balancer and retry later";

    private final Scenario scenario;
    private final Vm vm;
    private final BooleanSupplier balanced;

    LoadBalancerEndpoint(Scenario scenario, Vm vm, BooleanSupplier balanced) {
        this.scenario = scenario;
        this.vm = vm;
        this.balanced = balanced;
    }

    Answer answer(Request request) {
        if (!request.method().equals("GET")) {
            return Answer.error(405, "Method not allowed");
        }
        if (request.path().size() > 2) {
            var path = String.join("/", request.path());
            return Answer.error(404, "API is not found: Path = " + path + ", Method = GET");
        }
        return balanced.getAsBoolean() ? Answer.json(rules()) : Answer.error(404, NONE);
    }

    private ObjectNode rules() {
        var frontend = scenario.loadBalancer().frontend();
        var protocol = scenario.loadBalancer().protocol();
        var every = protocol == LoadBalancer.Protocol.All;
        var json = JsonNodeFactory.instance.objectNode();
        var body = json.putObject("loadbalancer");
        body.putArray("publicIpAddresses")
                .addObject()
                .put("frontendIpAddress", frontend.host())
                .put("privateIpAddress", vm.address());
        body.putArray("inboundRules")
                .addObject()
                .put("frontendIpAddress", frontend.host())
                .put("protocol", protocol.name().toLowerCase(Locale.ROOT))
                .put("frontendPort", every ? 0 : frontend.port())
                .put("backendPort", every ? 0 : scenario.addresses().guestPort())
                .put("privateIpAddress", vm.address());
        var outbound = body.putArray("outboundRules");
        if (!scenario.loadBalancer().disableOutboundSnat()) {
            outbound.addObject()
                    .put("frontendIpAddress", frontend.host())
                    .put("privateIpAddress", vm.address());
        }
        return json;
    }
}
