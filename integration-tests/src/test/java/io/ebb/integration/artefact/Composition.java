package io.ebb.integration.artefact;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * Services of compose files, started as {@code docker compose up --wait} does. Networks and volumes
 * get a prefix of their own, and ports of this machine are free ones instead of those named. A key
 * that is not known here is refused.
 */
final class Composition implements AutoCloseable {
    private static final Set<String> DONE =
            Set.of(
                    "cap_drop",
                    "command",
                    "depends_on",
                    "environment",
                    "healthcheck",
                    "hostname",
                    "image",
                    "network_mode",
                    "ports",
                    "read_only",
                    "security_opt",
                    "tmpfs",
                    "user",
                    "volumes");

    /** When to start again and how long to wait at the end; which services is the caller's word. */
    private static final Set<String> LEFT = Set.of("profiles", "restart", "stop_grace_period");

    private final DockerClient client = DockerClientFactory.instance().client();
    private final String prefix = "ebb-test-" + UUID.randomUUID() + "-";
    private final Map<String, GenericContainer<?>> running = new LinkedHashMap<>();
    private final Set<String> networks = new LinkedHashSet<>();
    private final Set<String> volumes = new LinkedHashSet<>();

    /** Starts services after those that they depend on, and waits until they are healthy. */
    void up(Compose compose, String... services) {
        for (var service : services) {
            if (running.containsKey(service)) {
                continue;
            }
            for (var other : compose.service(service).path("depends_on").properties()) {
                if (!other.getValue().path("condition").asText().equals("service_healthy")) {
                    throw new AssertionError("not understood: " + other);
                }
                up(compose, other.getKey());
            }
            var container = create(compose, service);
            running.put(service, container);
            try {
                container.start();
            } catch (RuntimeException e) {
                var log = container.getContainerId() == null ? "" : container.getLogs();
                throw new AssertionError("starting " + service + ":\n" + log, e);
            }
        }
    }

    /** One that was started. */
    GenericContainer<?> container(String service) {
        return Objects.requireNonNull(running.get(service));
    }

    @Override
    public void close() {
        List.copyOf(running.values()).reversed().forEach(GenericContainer::stop);
        volumes.forEach(volume -> client.removeVolumeCmd(volume).exec());
        networks.forEach(network -> client.removeNetworkCmd(network).exec());
    }

    private GenericContainer<?> create(Compose compose, String name) {
        var service = compose.service(name);
        for (var field : service.properties()) {
            if (!DONE.contains(field.getKey()) && !LEFT.contains(field.getKey())) {
                throw new AssertionError("not understood: " + field + " of " + name);
            }
        }
        var container =
                new GenericContainer<>(service.path("image").asText())
                        .withEnv(environment(compose, service));
        var tmpfs = new HashMap<String, String>();
        texts(service.path("tmpfs")).forEach(path -> tmpfs.put(path, ""));
        container.withTmpFs(tmpfs);
        if (service.has("command")) {
            container.withCommand(texts(service.path("command")).toArray(String[]::new));
        }
        if (service.has("healthcheck")) {
            container.waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(5)));
        }
        return container.withCreateContainerCmdModifier(command -> {
            restrict(command, service);
            connect(command, compose, service, name);
            binds(command, compose, service);
        });
    }

    private static Map<String, String> environment(Compose compose, JsonNode service) {
        var environment = new HashMap<String, String>();
        for (var variable : service.path("environment").properties()) {
            var name = variable.getKey();
            if (!variable.getValue().isNull()) {
                environment.put(name, variable.getValue().asText());
            } else if (compose.variables().containsKey(name)) {
                environment.put(name, compose.variables().getOrDefault(name, ""));
            }
        }
        return environment;
    }

    private static void restrict(CreateContainerCmd command, JsonNode service) {
        var host = Objects.requireNonNull(command.getHostConfig());
        host.withReadonlyRootfs(service.path("read_only").asBoolean())
                .withSecurityOpts(texts(service.path("security_opt")))
                .withCapDrop(
                        texts(service.path("cap_drop")).stream()
                                .map(Capability::valueOf)
                                .toArray(Capability[]::new));
        if (service.has("user")) {
            command.withUser(service.path("user").asText());
        }
        if (service.has("healthcheck")) {
            var check = service.path("healthcheck");
            command.withHealthcheck(
                    new HealthCheck()
                            .withTest(texts(check.path("test")))
                            .withInterval(nanos(check.path("interval")))
                            .withTimeout(nanos(check.path("timeout")))
                            .withRetries(check.path("retries").asInt())
                            .withStartPeriod(nanos(check.path("start_period"))));
        }
    }

    private void connect(
            CreateContainerCmd command, Compose compose, JsonNode service, String name) {
        var host = Objects.requireNonNull(command.getHostConfig());
        var mode = service.path("network_mode").asText();
        if (mode.startsWith("service:")) {
            var other = container(mode.substring("service:".length()));
            host.withNetworkMode("container:" + other.getContainerId());
            return;
        }
        if (!mode.isEmpty()) {
            throw new AssertionError("not understood: network_mode " + mode);
        }
        host.withNetworkMode(there("networks", compose, "default", networks));
        command.withAliases(name);
        if (service.has("hostname")) {
            command.withHostName(service.path("hostname").asText());
        }
        var ports =
                texts(service.path("ports")).stream()
                        .map(port -> port.substring(port.lastIndexOf(':') + 1))
                        .map(port -> ExposedPort.tcp(Integer.parseInt(port)))
                        .toList();
        command.withExposedPorts(ports);
        host.withPortBindings(
                ports.stream()
                        .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), port))
                        .toArray(PortBinding[]::new));
    }

    private void binds(CreateContainerCmd command, Compose compose, JsonNode service) {
        var binds =
                texts(service.path("volumes")).stream()
                        .map(text -> {
                            int colon = text.indexOf(':');
                            var key = text.substring(0, colon);
                            return there("volumes", compose, key, volumes) + text.substring(colon);
                        })
                        .map(Bind::parse)
                        .toArray(Bind[]::new);
        Objects.requireNonNull(command.getHostConfig()).withBinds(binds);
    }

    /** The name in the engine of a network or a volume, which is made for the first who asks. */
    private String there(String kind, Compose compose, String key, Set<String> made) {
        var name = prefix + compose.nameOf(kind, key);
        if (kind.equals("volumes") && !compose.project().path(kind).has(key)) {
            throw new AssertionError("no such volume: " + key);
        }
        if (compose.isExternal(kind, key) && !made.contains(name)) {
            throw new AssertionError("somebody else's, and not there: " + name);
        }
        if (made.add(name)) {
            if (kind.equals("networks")) {
                client.createNetworkCmd().withName(name).exec();
            } else {
                client.createVolumeCmd().withName(name).exec();
            }
        }
        return name;
    }

    private static long nanos(JsonNode time) {
        return time.isMissingNode() ? 0 : Duration.parse("PT" + time.asText()).toNanos();
    }

    private static List<String> texts(JsonNode list) {
        Stream<JsonNode> all = StreamSupport.stream(list.spliterator(), false);
        return all.map(JsonNode::asText).toList();
    }
}
