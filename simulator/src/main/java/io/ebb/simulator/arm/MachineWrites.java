package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.Provisioner;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.Vm;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * PUT of a machine. A new one is placed on the hardware that the scenario has for its name; that is
 * when its interfaces get their addresses, which in Azure they have before. Its custom data goes to
 * the machine and is never shown.
 */
final class MachineWrites {
    static final String VMS = "Microsoft.Compute/virtualMachines";

    private static final List<String> PROFILES =
            List.of("hardwareProfile", "storageProfile", "osProfile", "networkProfile");

    private final Scenario scenario;
    private final Resources resources;
    private final Operations operations;
    private final Lro lro;
    private final PlainWrites others;
    private final Provisioner provisioner;
    private final Record record;
    private final CustomData customData = new CustomData();

    MachineWrites(
            Scenario scenario,
            Resources resources,
            Operations operations,
            Lro lro,
            PlainWrites others,
            Provisioner provisioner,
            Record record) {
        this.scenario = scenario;
        this.resources = resources;
        this.operations = operations;
        this.lro = lro;
        this.others = others;
        this.provisioner = provisioner;
        this.record = record;
    }

    Answer put(ResourceId id, Request request) {
        return resources.get(id.text()).isPresent()
                ? others.put(id, request.with(withoutCustomData(id, request)))
                : create(id, request);
    }

    private ObjectNode withoutCustomData(ResourceId id, Request request) {
        var body = Json.read(request.body());
        customData.refuseChange(id, CustomData.take(Json.properties(body)));
        return body;
    }

    private Answer create(ResourceId id, Request request) {
        var body = Json.read(request.body());
        Conditions.tags(body);
        var vm =
                scenario.vm(id.name())
                        .filter(one -> provisioner.hasRoomFor(one.name()))
                        .orElseThrow(() -> Refusal.allocationFailed(id.name()));
        body.put("name", id.name()).put("id", id.text()).put("type", VMS);
        var properties = Json.properties(body);
        requireProfiles(properties);
        properties.put("vmId", vm.vmId()).put("provisioningState", "Creating");
        var data = CustomData.take(properties);
        customData.give(id, data);
        var nics = nics(id, properties);
        resources.replace(body);
        nics.forEach(nic -> attach(nic, id, vm));
        join(properties.at("/availabilitySet/id").asText(), id);
        record.add("armWrite", vm.name(), "PUT virtualMachines/" + id.name());
        var operation = operations.begin("PutVM");
        operations.after(Duration.ZERO, () -> start(id, vm.name(), data, operation));
        return lro.created(
                Answer.of(201, resources.get(id.text()).orElseThrow()), request, operation);
    }

    private static void requireProfiles(ObjectNode properties) {
        for (var profile : PROFILES) {
            if (!properties.path(profile).isObject()) {
                throw Refusal.badRequest(
                        "InvalidParameter",
                        "Required parameter '%s' is missing (null).".formatted(profile));
            }
        }
    }

    private void start(ResourceId id, String vm, String data, Operations.Operation operation) {
        try {
            provisioner.provision(vm, data);
            operation.end(
                    new Operations.State.Succeeded(),
                    () -> resources.provisioningState(id.text(), "Succeeded"));
        } catch (UncheckedIOException e) {
            record.add("provisioningFailed", vm, String.valueOf(e.getMessage()));
            operation.end(Endings.failed(), () -> resources.provisioningState(id.text(), "Failed"));
        }
    }

    private List<ObjectNode> nics(ResourceId id, ObjectNode properties) {
        var nics =
                Json.ids(properties.at("/networkProfile/networkInterfaces"))
                        .map(nic ->
                                resources
                                        .goal(nic)
                                        .orElseThrow(
                                                () -> Conditions.invalidReference(nic, id.text())))
                        .toList();
        for (var nic : nics) {
            if (nic.at("/properties/virtualMachine").isObject()) {
                throw Refusal.badRequest(
                        "NicInUse",
                        "Network Interface %s is used by existing resource."
                                .formatted(nic.path("id").asText()));
            }
        }
        return nics;
    }

    private void attach(ObjectNode nic, ResourceId machine, Vm vm) {
        var properties = Json.properties(nic);
        properties.set("virtualMachine", Json.reference(machine.text()));
        properties
                .put("primary", true)
                .put("macAddress", vm.macAddress().replaceAll("(..)(?!$)", "$1-"));
        Json.objects(properties.path("ipConfigurations"))
                .map(Json::properties)
                .filter(configuration -> !configuration.hasNonNull("privateIPAddress"))
                .limit(1)
                .forEach(configuration -> configuration.put("privateIPAddress", vm.address()));
        resources.replace(nic);
    }

    private void join(String availabilitySet, ResourceId machine) {
        resources
                .goal(availabilitySet)
                .ifPresent(set -> {
                    Json.properties(set)
                            .withArrayProperty("virtualMachines")
                            .add(Json.reference(machine.text()));
                    resources.replace(set);
                });
    }
}
