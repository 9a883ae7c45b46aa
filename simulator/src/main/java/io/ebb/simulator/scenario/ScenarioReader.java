package io.ebb.simulator.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.ebb.simulator.scenario.LoadBalancer.Distribution;
import io.ebb.simulator.scenario.LoadBalancer.FlowsOnRemoval;
import io.ebb.simulator.scenario.Probe.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads scenario files (YAML). What a file leaves out is as in the built-in scenario. */
public final class ScenarioReader {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ScenarioReader() {}

    /**
     * Reads a file.
     *
     * @param overrides values that replace those of the file, by path: {@code timings.settle}
     * @throws ScenarioException if it cannot be read or understood
     */
    public static Scenario read(Path file, Map<String, String> overrides) {
        try {
            return read(Files.readString(file), overrides);
        } catch (IOException e) {
            throw new ScenarioException("reading scenario " + file + ": " + e.getMessage());
        }
    }

    /**
     * Reads a text.
     *
     * @throws ScenarioException if it is no YAML, has an unknown key or a value of another kind
     */
    public static Scenario read(String yaml) {
        return read(yaml, Map.of());
    }

    /**
     * Reads a text.
     *
     * @param overrides values that replace those of the text, by path
     * @throws ScenarioException as {@link #read(String)}
     */
    public static Scenario read(String yaml, Map<String, String> overrides) {
        JsonNode tree;
        try {
            tree = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new ScenarioException("scenario: " + e.getOriginalMessage());
        }
        if (tree != null && !tree.isObject() && !tree.isMissingNode() && !tree.isNull()) {
            throw new ScenarioException("scenario: expected a map");
        }
        var filled = tree instanceof ObjectNode map ? map : YAML.createObjectNode();
        overrides.forEach((path, value) -> override(filled, path, value));
        return read(new Section(filled, ""));
    }

    private static Scenario read(Section root) {
        var scenario =
                new Scenario(
                        root.text("subscription", "11111111-2222-3333-4444-555555555555"),
                        root.text("tenant", "66666666-7777-8888-9999-000000000000"),
                        root.text("location", "westeurope"),
                        root.text("resourceGroup", "rg"),
                        addresses(root.section("addresses")),
                        Path.of(root.text("certificate", "ebb-simulator.pem")),
                        root.optionalText("workDirectory").map(Path::of),
                        root.textOrNone("availabilitySet", "web"),
                        root.bool("natGateway", true),
                        root.bool("deployed", true),
                        root.sections("vms")
                                .map(ScenarioReader::vms)
                                .orElseGet(ScenarioReader::threeVms),
                        loadBalancer(root.section("loadBalancer")),
                        timings(root.section("timings")));
        root.done();
        refuseDuplicates(scenario.vms());
        return scenario;
    }

    private static void override(ObjectNode root, String path, String value) {
        var keys = List.of(path.split("\\.", -1));
        var node = root;
        for (var key : keys.subList(0, keys.size() - 1)) {
            node = node.get(key) instanceof ObjectNode below ? below : node.putObject(key);
        }
        node.put(keys.getLast(), value);
    }

    private static Addresses addresses(Section section) {
        var addresses =
                new Addresses(
                        section.hostPort("arm", "127.0.0.1:8443"),
                        section.hostPort("control", "127.0.0.1:8100"),
                        section.integer("metadataPort", 8169),
                        section.integer("guestPort", 8080));
        section.done();
        return addresses;
    }

    private static List<Vm> vms(List<Section> sections) {
        if (sections.isEmpty()) {
            throw new ScenarioException("vms: expected at least one");
        }
        return sections.stream().map(ScenarioReader::vm).toList();
    }

    private static Vm vm(Section section) {
        var vm =
                new Vm(
                        required(section, "name"),
                        required(section, "address"),
                        section.integer("faultDomain", 0),
                        section.integer("updateDomain", 0));
        section.done();
        return vm;
    }

    private static String required(Section section, String key) {
        Optional<String> text = section.optionalText(key);
        return text.orElseThrow(() -> new ScenarioException(section.at(key) + ": is missing"));
    }

    private static List<Vm> threeVms() {
        return List.of(
                new Vm("web-0", "127.0.1.1", 0, 0),
                new Vm("web-1", "127.0.1.2", 1, 1),
                new Vm("web-2", "127.0.1.3", 2, 2));
    }

    private static LoadBalancer loadBalancer(Section section) {
        var balancer =
                new LoadBalancer(
                        section.text("name", "lb"),
                        section.text("pool", "web"),
                        section.hostPort("frontend", "127.0.0.1:8081"),
                        section.choice(
                                "protocol", LoadBalancer.Protocol.class, LoadBalancer.Protocol.Tcp),
                        section.choice("distribution", Distribution.class, Distribution.SourceIP),
                        section.bool("disableOutboundSnat", true),
                        probe(section.section("probe")),
                        section.choice(
                                "flowsOnRemoval", FlowsOnRemoval.class, FlowsOnRemoval.RESET));
        section.done();
        return balancer;
    }

    private static Probe probe(Section section) {
        var probe =
                new Probe(
                        section.choice("protocol", Protocol.class, Protocol.Http),
                        section.integer("port", 8090),
                        section.text("path", "/healthz"),
                        section.duration("interval", "5s"),
                        section.integer("threshold", 1));
        section.done();
        return probe;
    }

    private static Timings timings(Section section) {
        var timings =
                new Timings(
                        section.duration("nicPut", "4s"),
                        section.duration("poolPut", "1s"),
                        section.duration("operation", "10s"),
                        section.duration("retryAfter", "10s"),
                        section.duration("firstMetadataAnswer", "1s"),
                        section.duration("firstEvents", "0s"),
                        section.duration("settle", "5s"),
                        section.duration("boot", "2s"));
        section.done();
        return timings;
    }

    private static void refuseDuplicates(List<Vm> vms) {
        var names = new HashSet<String>();
        var addresses = new HashSet<String>();
        for (int i = 0; i < vms.size(); i++) {
            if (!names.add(vms.get(i).name().toLowerCase(Locale.ROOT))) {
                throw new ScenarioException("vms[" + i + "].name: is used twice");
            }
            if (!addresses.add(vms.get(i).address())) {
                throw new ScenarioException("vms[" + i + "].address: is used twice");
            }
        }
    }
}
