package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Optional;

/**
 * The load-balancing rule that leads to a pool, as the data plane works by it.
 *
 * @param protocol {@code Tcp}, {@code Udp} or {@code All}
 * @param backendPort where flows go to on the member; 0: to the port that the client asked for
 * @param probe who is asked whether the member takes flows; empty: nobody, and it takes them
 */
public record Rule(String protocol, int backendPort, Optional<Probe> probe) {

    /**
     * What a probe asks.
     *
     * @param protocol {@code Tcp} or {@code Http}
     * @param path of HTTP
     */
    public record Probe(String protocol, int port, String path) {}

    /** Whether TCP passes by it. */
    public boolean carriesTcp() {
        return !protocol.equalsIgnoreCase("Udp");
    }

    /**
     * The first rule of a load balancer that leads to a pool; one that carries TCP, if any does.
     */
    static Optional<Rule> to(ObjectNode balancer, String poolId) {
        var properties = balancer.path("properties");
        return Json.objects(properties.path("loadBalancingRules"))
                .filter(rule -> Views.usesPool(rule, poolId))
                .map(rule ->
                        new Rule(
                                rule.at("/properties/protocol").asText("Tcp"),
                                rule.at("/properties/backendPort").asInt(),
                                probe(balancer, rule.at("/properties/probe/id").asText())))
                .min(Comparator.comparing(rule -> !rule.carriesTcp()));
    }

    private static Optional<Probe> probe(ObjectNode balancer, String id) {
        return Json.objects(balancer.at("/properties/probes"))
                .filter(probe -> ResourceId.same(probe.path("id").asText(), id))
                .findFirst()
                .map(probe -> probe.path("properties"))
                .map(probe ->
                        new Probe(
                                probe.path("protocol").asText(),
                                probe.path("port").asInt(),
                                probe.path("requestPath").asText("/")));
    }
}
