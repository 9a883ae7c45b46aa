package io.ebb.simulator.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Where a template is deployed to: a resource group of a subscription. */
public record Place(String subscription, String tenant, String resourceGroup, String location) {

    /** {@code /subscriptions/{s}/resourceGroups/{rg}}. */
    public String groupId() {
        return subscriptionId() + "/resourceGroups/" + resourceGroup;
    }

    String subscriptionId() {
        return "/subscriptions/" + subscription;
    }

    /** What {@code subscription()} gives. */
    ObjectNode subscriptionObject() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", subscriptionId())
                .put("subscriptionId", subscription)
                .put("tenantId", tenant);
    }

    /** What {@code resourceGroup()} gives. */
    ObjectNode resourceGroupObject() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", groupId())
                .put("name", resourceGroup)
                .put("type", "Microsoft.Resources/resourceGroups")
                .put("location", location);
    }
}
