package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The health action of a load-balancing rule. */
final class HealthAction {
    private final Resources resources;
    private final RuleHealth health;

    HealthAction(Resources resources, RuleHealth health) {
        this.resources = resources;
        this.health = health;
    }

    /** The members of the rule's pools that are in effect, each with its verdict. */
    ObjectNode result(ResourceId ruleId) {
        var rule = resources.get(ruleId.text()).orElseThrow(() -> Refusal.resourceNotFound(ruleId));
        if (!rule.path("properties").path("probe").hasNonNull("id")) {
            throw Refusal.badRequest(
                    "LoadBalancingRuleHealthNotSupported", "The rule has no health probe.");
        }
        var body = Json.object();
        int up = 0;
        int down = 0;
        var entries = Json.array();
        for (var member : resources.inEffect()) {
            if (!Views.usesPool(rule, member.poolId())) {
                continue;
            }
            var verdict = health.of(member);
            up += verdict.up() ? 1 : 0;
            down += verdict.up() ? 0 : 1;
            var entry = entries.addObject().put("ipAddress", member.address());
            if (!member.nicId().isEmpty()) {
                entry.put("networkInterfaceIPConfigurationId", member.ipConfigurationId());
            }
            entry.put("state", verdict.up() ? "Up" : "Down").put("reason", verdict.reason());
        }
        body.put("up", up).put("down", down);
        body.set("loadBalancerBackendAddresses", entries);
        return body;
    }
}
