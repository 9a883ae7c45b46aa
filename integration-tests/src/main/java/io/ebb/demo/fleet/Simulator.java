package io.ebb.demo.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The simulator in a process of its own, and its control API. */
public final class Simulator {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Children children;
    private final Child child;
    private final Rest control;
    private final Path folder;
    private final String url;

    private Simulator(Children children, Child child, String url, Path folder) {
        this.children = children;
        this.child = child;
        this.url = url;
        this.control = Rest.plain(url);
        this.folder = folder;
    }

    /**
     * Starts one in a fresh folder and waits until it and its guests answer.
     *
     * @param healthz whether the load balancer's probe asks the agents, not the guests
     * @param keepFlows whether established flows outlive their member's removal
     */
    public static Simulator start(
            House house,
            Children children,
            Site site,
            String name,
            boolean healthz,
            boolean keepFlows,
            Pace pace) {
        var folder = house.fresh(name);
        var text = scenario(site, folder, "Tcp", healthz, keepFlows, pace);
        var simulator = start(house, children, site, folder, text);
        if (!healthz) {
            simulator.awaitRotation();
        }
        return simulator;
    }

    /**
     * Starts one with a network and hardware, but without VMs and load balancer: a template makes
     * them.
     */
    public static Simulator startEmpty(
            House house, Children children, Site site, String name, Pace pace) {
        var folder = house.fresh(name);
        var text = "deployed: false\n" + scenario(site, folder, "Tcp", true, false, pace);
        return start(house, children, site, folder, text);
    }

    /**
     * Starts one whose rule carries something else; its probe asks the agents.
     *
     * @param protocol {@code Udp}, or {@code All} for HA ports
     */
    public static Simulator startFor(
            String protocol, House house, Children children, Site site, String name, Pace pace) {
        var folder = house.fresh(name);
        var text = scenario(site, folder, protocol, true, false, pace);
        return start(house, children, site, folder, text);
    }

    private static Simulator start(
            House house, Children children, Site site, Path folder, String text) {
        var scenario = folder.resolve("scenario.yaml");
        try {
            Files.writeString(scenario, text);
        } catch (IOException e) {
            throw new FleetException("writing " + scenario + ": " + e.getMessage(), e);
        }
        var child =
                children.start(
                        "simulator",
                        house.java("simulator", 192, "--scenario", scenario.toString()),
                        Map.of(),
                        folder.resolve("simulator.log"));
        var simulator =
                new Simulator(children, child, "http://127.0.0.1:" + site.controlPort(), folder);
        simulator.await("answer", () -> simulator.control.answers("/sim/v1/vms"));
        return simulator;
    }

    /** Waits until the probe of every member is up. */
    public void awaitRotation() {
        await(
                "have all members up",
                () -> members().filter(Simulator::up).count() == Site.VMS.size());
    }

    /** The base address of its control API. */
    public String url() {
        return url;
    }

    /** The file with ARM's certificate. */
    public Path certificate() {
        return folder.resolve("arm.pem");
    }

    /** What a VM's cloud-init finds. */
    public String customData(String vm) {
        var file = folder.resolve("vms").resolve(vm).resolve("CustomData");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new FleetException("reading " + file + ": " + e.getMessage(), e);
        }
    }

    /** Announces an event, and gives its id. */
    public String announce(String type, String vm, Duration notice, Duration impact) {
        return announce(type, vm, Map.of("notice", notice, "impact", impact));
    }

    /**
     * Announces an event, and gives its id.
     *
     * @param times by their names in the control API: {@code notice}, {@code impact}, {@code
     *     settle}, {@code othersTake}, {@code runUp}; those left out are the simulator's own
     */
    public String announce(String type, String vm, Map<String, Duration> times) {
        var event = Rest.JSON.createObjectNode().put("type", type);
        times.forEach((name, time) -> event.put(name, time.toMillis() + "ms"));
        event.putArray("vms").add(vm);
        return control.call("POST", "/sim/v1/events", event).path("eventId").asText();
    }

    /** Calls an event off that has not started. */
    public void cancel(String event) {
        control.call("DELETE", "/sim/v1/events/" + event, null);
    }

    /** From now on no VM can approve an event. */
    public void failApprovals() {
        var fault = Rest.JSON.createObjectNode();
        fault.putObject("metadata").put("approvalsFail", true);
        control.call("POST", "/sim/v1/faults", fault);
    }

    /** Nothing misbehaves any more. */
    public void clearFaults() {
        control.call("DELETE", "/sim/v1/faults", null);
    }

    /** Starts a VM that was deallocated. */
    public void start(String vm) {
        control.call("POST", "/sim/v1/vms/" + vm + ":start", null);
    }

    /** Whether this VM is up, by its power state. */
    public boolean isRunning(String vm) {
        return values(control.get("/sim/v1/vms"))
                .anyMatch(one ->
                        vm.equals(one.path("name").asText())
                                && "running".equals(one.path("power").asText()));
    }

    /** Installs a program on a VM; the simulator starts it, now and after each boot. */
    public void install(String vm, List<String> command, Map<String, String> environment) {
        var agent = Rest.JSON.createObjectNode();
        command.forEach(agent.putArray("command")::add);
        environment.forEach(agent.putObject("environment")::put);
        control.call("PUT", "/sim/v1/vms/" + vm + "/agent", agent);
    }

    /** Stops what was installed on a VM, and forgets it. */
    public void uninstall(String vm) {
        control.call("DELETE", "/sim/v1/vms/" + vm + "/agent", null);
    }

    /** What happened after the given sequence number, oldest first. */
    public List<Happening> record(long after) {
        return values(control.get("/sim/v1/record?after=" + after))
                .map(entry ->
                        new Happening(
                                entry.path("sequence").asLong(),
                                Instant.parse(entry.path("at").asText()),
                                entry.path("kind").asText(),
                                entry.path("subject").asText(),
                                entry.path("detail").asText()))
                .toList();
    }

    /** All events since its start. */
    public List<Announced> events() {
        return values(control.get("/sim/v1/events"))
                .map(event ->
                        new Announced(
                                event.path("eventId").asText(),
                                event.path("type").asText(),
                                texts(event.path("vms")),
                                instant(event.path("notBefore")).orElse(Instant.MAX),
                                instant(event.path("approvedAt")),
                                instant(event.path("startedAt")),
                                instant(event.path("goneAt"))))
                .toList();
    }

    /**
     * One event.
     *
     * @throws java.util.NoSuchElementException when there never was such an event
     */
    public Announced event(String id) {
        return events().stream()
                .filter(event -> event.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow();
    }

    /** The connections that are open now. */
    public Flows flows() {
        var open = new HashMap<String, Integer>();
        var asked = Instant.now();
        members()
                .forEach(member ->
                        open.merge(
                                member.path("vm").asText(),
                                member.path("openFlows").asInt(),
                                Integer::sum));
        return new Flows(asked, open);
    }

    /** Whether this VM is a member of the pool with its probe up. */
    public boolean inRotation(String vm) {
        return members().anyMatch(member -> vm.equals(member.path("vm").asText()) && up(member));
    }

    /** Ends it with its guests and agents. */
    public void stop() {
        children.stop(child);
    }

    private void await(String what, BooleanSupplier condition) {
        boolean came =
                Await.until(
                        PATIENCE,
                        () -> {
                            child.check();
                            return condition.getAsBoolean();
                        });
        if (!came) {
            throw new FleetException("the simulator does not " + what + ": see " + child.log());
        }
    }

    private Stream<JsonNode> members() {
        return values(control.get("/sim/v1/pools")).flatMap(pool -> stream(pool.path("members")));
    }

    private static boolean up(JsonNode member) {
        return member.path("inPool").asBoolean() && "up".equals(member.path("probe").asText());
    }

    private static Stream<JsonNode> values(JsonNode answer) {
        return stream(answer.path("value"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    private static Optional<Instant> instant(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty()
                ? Optional.of(Instant.parse(node.asText()))
                : Optional.empty();
    }

    private static String scenario(
            Site site,
            Path folder,
            String protocol,
            boolean healthz,
            boolean keepFlows,
            Pace pace) {
        return """
        addresses: { arm: "127.0.0.1:%d", control: "127.0.0.1:%d", metadataPort: %d, guestPort: %d }
        certificate: "%s"
        workDirectory: "%s"
        loadBalancer:
          frontend: "127.0.0.1:%d"
          protocol: %s
          distribution: SourceIP
          probe: { protocol: Http, port: %d, path: %s, interval: %s }
          flowsOnRemoval: %s
        %s\
        """
                .formatted(
                        site.armPort(),
                        site.controlPort(),
                        site.metadataPort(),
                        site.guestPort(),
                        folder.resolve("arm.pem"),
                        folder.resolve("vms"),
                        site.frontend().getPort(),
                        protocol,
                        healthz ? site.healthzPort() : site.guestPort(),
                        healthz ? "/healthz" : "/health",
                        pace.probeInterval,
                        keepFlows ? "keep" : "reset",
                        pace.timings);
    }
}
