package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.scenario.LoadBalancer;
import io.ebb.simulator.scenario.Probe;
import io.ebb.simulator.scenario.Scenario;
import io.ebb.simulator.scenario.Vm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The resources that a scenario starts with. */
final class Seed {
    private final Scenario scenario;
    private final String network;
    private final String compute;

    private Seed(Scenario scenario) {
        this.scenario = scenario;
        this.network = scenario.groupId() + "/providers/Microsoft.Network/";
        this.compute = scenario.groupId() + "/providers/Microsoft.Compute/";
    }

    /** Every top-level resource, without etags. */
    static List<ObjectNode> of(Scenario scenario) {
        var seed = new Seed(scenario);
        var all = new ArrayList<ObjectNode>();
        all.add(seed.virtualNetwork());
        all.add(seed.resource(seed.securityGroup(), "Microsoft.Network/networkSecurityGroups"));
        if (scenario.natGateway()) {
            all.add(seed.publicAddress("nat-ip"));
            all.add(seed.natGateway());
        }
        if (!scenario.deployed()) {
            return all;
        }
        all.add(seed.publicAddress("lb-ip"));
        all.add(seed.loadBalancer());
        scenario.availabilitySet().ifPresent(name -> all.add(seed.availabilitySet(name)));
        for (var vm : scenario.vms()) {
            all.add(seed.networkInterface(vm));
            all.add(seed.virtualMachine(vm));
        }
        return all;
    }

    private ObjectNode resource(String id, String type) {
        var resource = Json.object();
        resource.put("name", new ResourceId(id).name())
                .put("id", id)
                .put("type", type)
                .put("location", scenario.location());
        resource.putObject("tags");
        resource.putObject("properties")
                .put("provisioningState", "Succeeded")
                .put("resourceGuid", guid(id));
        return resource;
    }

    private ObjectNode virtualNetwork() {
        var vnet = resource(network + "virtualNetworks/vnet", "Microsoft.Network/virtualNetworks");
        var properties = Json.properties(vnet);
        properties.putObject("addressSpace").putArray("addressPrefixes").add("127.0.0.0/16");
        var subnet = properties.putArray("subnets").addObject();
        subnet.put("name", "default").put("id", subnetId());
        var inner = subnet.putObject("properties");
        inner.put("provisioningState", "Succeeded").put("addressPrefix", "127.0.0.0/16");
        if (scenario.natGateway()) {
            inner.set("natGateway", Json.reference(network + "natGateways/nat"));
        }
        return vnet;
    }

    private ObjectNode publicAddress(String name) {
        var address =
                resource(
                        network + "publicIPAddresses/" + name,
                        "Microsoft.Network/publicIPAddresses");
        address.putObject("sku").put("name", "Standard").put("tier", "Regional");
        Json.properties(address)
                .put("publicIPAllocationMethod", "Static")
                .put("publicIPAddressVersion", "IPv4")
                .put("ipAddress", scenario.loadBalancer().frontend().host());
        return address;
    }

    private ObjectNode natGateway() {
        var gateway = resource(network + "natGateways/nat", "Microsoft.Network/natGateways");
        gateway.putObject("sku").put("name", "Standard");
        Json.properties(gateway)
                .putArray("publicIpAddresses")
                .add(Json.reference(network + "publicIPAddresses/nat-ip"));
        Json.properties(gateway).putArray("subnets").add(Json.reference(subnetId()));
        return gateway;
    }

    private ObjectNode loadBalancer() {
        var facts = scenario.loadBalancer();
        var lb = resource(balancerId(), "Microsoft.Network/loadBalancers");
        lb.putObject("sku").put("name", "Standard").put("tier", "Regional");
        var properties = Json.properties(lb);
        var frontend = part(lb, "frontendIPConfigurations", "public");
        frontend.put("privateIPAllocationMethod", "Dynamic");
        frontend.set("publicIPAddress", Json.reference(network + "publicIPAddresses/lb-ip"));
        part(lb, "backendAddressPools", facts.pool());
        var probe = part(lb, "probes", "health");
        probe.put("protocol", facts.probe().protocol().name())
                .put("port", facts.probe().port())
                .put("intervalInSeconds", Math.max(1, facts.probe().interval().toSeconds()))
                .put("numberOfProbes", facts.probe().threshold())
                .put("probeThreshold", facts.probe().threshold());
        if (facts.probe().protocol() == Probe.Protocol.Http) {
            probe.put("requestPath", facts.probe().path());
        }
        var rule = part(lb, "loadBalancingRules", "http");
        rule.set("frontendIPConfiguration", own("frontendIPConfigurations", "public"));
        rule.set("backendAddressPool", own("backendAddressPools", facts.pool()));
        rule.putArray("backendAddressPools").add(own("backendAddressPools", facts.pool()));
        rule.set("probe", own("probes", "health"));
        var every = facts.protocol() == LoadBalancer.Protocol.All;
        rule.put("protocol", facts.protocol().name())
                .put("frontendPort", every ? 0 : facts.frontend().port())
                .put("backendPort", every ? 0 : scenario.addresses().guestPort())
                .put("loadDistribution", facts.distribution().name())
                .put("idleTimeoutInMinutes", 4)
                .put("enableFloatingIP", false)
                .put("enableTcpReset", false)
                .put("disableOutboundSnat", facts.disableOutboundSnat());
        properties.putArray("outboundRules");
        properties.putArray("inboundNatRules");
        return lb;
    }

    /** Adds a part to the load balancer and hands out its properties. */
    private ObjectNode part(ObjectNode lb, String collection, String name) {
        var part = Json.properties(lb).withArrayProperty(collection).addObject();
        part.put("name", name)
                .put("id", balancerId() + "/" + collection + "/" + name)
                .put("type", "Microsoft.Network/loadBalancers/" + collection);
        return part.putObject("properties").put("provisioningState", "Succeeded");
    }

    private ObjectNode own(String collection, String name) {
        return Json.reference(balancerId() + "/" + collection + "/" + name);
    }

    private ObjectNode availabilitySet(String name) {
        var set =
                resource(
                        compute + "availabilitySets/" + name, "Microsoft.Compute/availabilitySets");
        set.putObject("sku").put("name", "Aligned");
        var properties = Json.properties(set);
        properties.remove(List.of("provisioningState", "resourceGuid"));
        properties.put("platformFaultDomainCount", 3).put("platformUpdateDomainCount", 5);
        var machines = properties.putArray("virtualMachines");
        scenario.vms().forEach(vm -> machines.add(Json.reference(scenario.vmResourceId(vm))));
        return set;
    }

    private ObjectNode networkInterface(Vm vm) {
        var nic =
                resource(
                        network + "networkInterfaces/" + vm.nic(),
                        "Microsoft.Network/networkInterfaces");
        var id = nic.path("id").asText();
        nic.put("kind", "Regular");
        var properties = Json.properties(nic);
        var configuration = properties.putArray("ipConfigurations").addObject();
        configuration
                .put("name", "ipconfig1")
                .put("id", id + "/ipConfigurations/ipconfig1")
                .put("type", "Microsoft.Network/networkInterfaces/ipConfigurations");
        var inner = configuration.putObject("properties");
        inner.put("provisioningState", "Succeeded")
                .put("privateIPAddress", vm.address())
                .put("privateIPAllocationMethod", "Dynamic")
                .put("privateIPAddressVersion", "IPv4")
                .put("primary", true);
        inner.set("subnet", Json.reference(subnetId()));
        inner.putArray("loadBalancerBackendAddressPools")
                .add(own("backendAddressPools", scenario.loadBalancer().pool()));
        var dns = properties.putObject("dnsSettings");
        dns.putArray("dnsServers");
        dns.putArray("appliedDnsServers");
        dns.put("internalDomainNameSuffix", "simulator.internal.cloudapp.net");
        properties
                .put("macAddress", vm.macAddress().replaceAll("(..)(?!$)", "$1-"))
                .put("vnetEncryptionSupported", false)
                .put("enableIPForwarding", false)
                .put("enableAcceleratedNetworking", true)
                .put("disableTcpStateTracking", false)
                .put("primary", true)
                .put("nicType", "Standard")
                .put("allowPort25Out", true)
                .put("auxiliaryMode", "None")
                .put("auxiliarySku", "None");
        properties.set("networkSecurityGroup", Json.reference(securityGroup()));
        properties.set("virtualMachine", Json.reference(scenario.vmResourceId(vm)));
        properties.putArray("hostedWorkloads");
        properties.putArray("tapConfigurations");
        return nic;
    }

    private ObjectNode virtualMachine(Vm vm) {
        var machine = resource(scenario.vmResourceId(vm), "Microsoft.Compute/virtualMachines");
        var properties = Json.properties(machine);
        properties.remove("resourceGuid");
        properties.put("vmId", vm.vmId());
        scenario.availabilitySet()
                .ifPresent(set ->
                        properties.set(
                                "availabilitySet",
                                Json.reference(compute + "availabilitySets/" + set)));
        properties.putObject("hardwareProfile").put("vmSize", "Standard_D2s_v5");
        properties.putObject("osProfile").put("computerName", vm.name());
        properties
                .putObject("storageProfile")
                .putObject("osDisk")
                .put("osType", "Linux")
                .put("createOption", "FromImage");
        properties
                .putObject("networkProfile")
                .putArray("networkInterfaces")
                .addObject()
                .put("id", network + "networkInterfaces/" + vm.nic())
                .putObject("properties")
                .put("primary", true);
        return machine;
    }

    private String securityGroup() {
        return network + "networkSecurityGroups/nsg";
    }

    private String subnetId() {
        return network + "virtualNetworks/vnet/subnets/default";
    }

    private String balancerId() {
        return network + "loadBalancers/" + scenario.loadBalancer().name();
    }

    private static String guid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
