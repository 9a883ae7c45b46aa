package io.ebb.simulator.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.Vm;

/** {@code /metadata/instance}: what a machine may know of itself. All values are texts. */
final class InstanceEndpoint {
    private final Scenario scenario;
    private final Vm vm;

    InstanceEndpoint(Scenario scenario, Vm vm) {
        this.scenario = scenario;
        this.vm = vm;
    }

    Answer answer(Request request, String version) {
        if (!request.method().equals("GET")) {
            return Answer.error(405, "Method not allowed");
        }
        JsonNode node = instance(version);
        for (int i = 2; i < request.path().size(); i++) {
            node = child(node, request.path().get(i));
        }
        boolean text = request.parameter("format").filter("text"::equalsIgnoreCase).isPresent();
        if (node.isMissingNode()) {
            return Answer.error(404, "Not found");
        }
        if (node.isValueNode()) {
            return text
                    ? Answer.text(node.asText())
                    : Answer.error(
                            400,
                            "Bad request. The requested node is a leaf: format=text is required");
        }
        return text ? Answer.text(listing(node)) : Answer.json(node);
    }

    /** As of old: the names of what is below, those that have something below with a slash. */
    private static String listing(JsonNode node) {
        var lines = new StringBuilder();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                lines.append(i).append("/\n");
            }
        } else {
            node.properties()
                    .forEach(property ->
                            lines.append(property.getKey())
                                    .append(property.getValue().isValueNode() ? "" : "/")
                                    .append('\n'));
        }
        return lines.toString().strip();
    }

    private static JsonNode child(JsonNode node, String name) {
        if (node.isArray()) {
            return name.matches("\\d{1,4}")
                    ? node.path(Integer.parseInt(name))
                    : JsonNodeFactory.instance.missingNode();
        }
        for (var property : node.properties()) {
            if (property.getKey().equalsIgnoreCase(name)) {
                return property.getValue();
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private ObjectNode instance(String version) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("compute", compute(version));
        json.set("network", network());
        return json;
    }

    private ObjectNode compute(String version) {
        var compute =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("location", scenario.location())
                        .put("name", vm.name())
                        .put("osType", "Linux")
                        .put("platformFaultDomain", Integer.toString(vm.faultDomain()))
                        .put("platformUpdateDomain", Integer.toString(vm.updateDomain()))
                        .put("vmId", vm.vmId())
                        .put("vmSize", "Standard_D2s_v5");
        if (ApiVersions.atLeast(version, "2017-08-01")) {
            compute.put("placementGroupId", "")
                    .put("resourceGroupName", scenario.resourceGroup())
                    .put("subscriptionId", scenario.subscription())
                    .put("tags", "");
        }
        if (ApiVersions.atLeast(version, "2017-12-01")) {
            compute.put("vmScaleSetName", "").put("zone", "");
        }
        if (ApiVersions.atLeast(version, "2018-10-01")) {
            compute.put("azEnvironment", "AzurePublicCloud");
        }
        if (ApiVersions.atLeast(version, "2019-03-11")) {
            compute.put("resourceId", scenario.vmResourceId(vm));
        }
        if (ApiVersions.atLeast(version, "2019-06-04")) {
            compute.putArray("tagsList");
        }
        if (ApiVersions.atLeast(version, "2020-07-15")) {
            compute.putObject("osProfile").put("computerName", vm.name());
        }
        if (ApiVersions.atLeast(version, "2020-12-01")) {
            compute.put("evictionPolicy", "").put("priority", "");
        }
        if (ApiVersions.atLeast(version, "2021-03-01")) {
            compute.putObject("virtualMachineScaleSet").put("id", "");
        }
        if (ApiVersions.atLeast(version, "2021-11-15")) {
            compute.putObject("host").put("id", "");
            compute.putObject("hostGroup").put("id", "");
        }
        if (ApiVersions.atLeast(version, "2023-11-15")) {
            compute.put("physicalZone", "");
        }
        return compute;
    }

    private ObjectNode network() {
        var network = JsonNodeFactory.instance.objectNode();
        var nic = network.putArray("interface").addObject();
        var ipv4 = nic.putObject("ipv4");
        ipv4.putArray("ipAddress")
                .addObject()
                .put("privateIpAddress", vm.address())
                .put("publicIpAddress", "");
        ipv4.putArray("subnet")
                .addObject()
                .put("address", vm.address().replaceFirst("\\d+$", "0"))
                .put("prefix", "24");
        nic.putObject("ipv6").putArray("ipAddress");
        nic.put("macAddress", vm.macAddress());
        return network;
    }
}
