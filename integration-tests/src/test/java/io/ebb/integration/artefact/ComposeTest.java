package io.ebb.integration.artefact;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.House;
import io.ebb.demo.fleet.Site;
import io.ebb.integration.container.NeedsDocker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/** The compose files bring up what they say, and it drains a VM. */
@Timeout(600)
class ComposeTest {
    private static final Path FOLDER = House.here().root().resolve("deploy/compose");
    private static final Path FLEET = FOLDER.resolve("fleet.yaml");
    private static final Path ORCHESTRATOR = FOLDER.resolve("orchestrator.yaml");
    private static final Path SIMULATED = FOLDER.resolve("simulated.yaml");

    /** As short as they can be. */
    private static final List<String> TIMINGS =
            Stream.of(
                            "nicPut=200ms",
                            "operation=500ms",
                            "retryAfter=1s",
                            "firstMetadataAnswer=100ms",
                            "settle=300ms",
                            "boot=200ms")
                    .map("--set=timings."::concat)
                    .toList();

    @Test
    @NeedsDocker
    void theOrchestratorOnPostgreSqlDrainsAVmOfTheSimulatedFleet() throws Exception {
        Images.build();
        var variables = new HashMap<String, String>();
        variables.put("EBB_IMAGES", Images.PREFIX);
        variables.put("EBB_DATABASE_PASSWORD", "of the test");
        variables.put("EBB_POLICY_QUIET", "1s");
        try (var docker = new Composition()) {
            var fleet =
                    Compose.read(variables, FLEET)
                            .with("simulator", TIMINGS)
                            .with("simulator", List.of("--probe-interval=800ms"));
            docker.up(fleet, "simulator");
            docker.up(Compose.read(variables, ORCHESTRATOR, SIMULATED), "orchestrator");
            for (var vm : Site.VMS) {
                var join = enroll(docker.container("orchestrator"), vm);
                variables.put("EBB_JOIN_" + vm.toUpperCase(Locale.ROOT).replace('-', '_'), join);
            }
            docker.up(Compose.read(variables, FLEET), Site.VMS.toArray(String[]::new));
            var simulator = new Control(docker.container("simulator"));
            soon("every VM is in rotation", () -> simulator.up().containsAll(Site.VMS));

            var event =
                    simulator
                            .call(
                                    "POST",
                                    "/sim/v1/events",
                                    """
                                    {"type": "Reboot", "vms": ["web-1"], "notice": "5m", "impact": "1s"}
                                    """)
                            .path("eventId")
                            .asText();
            soon("the event is over", () -> simulator.event(event).has("goneAt"));
            assertThat(simulator.event(event).has("approvedAt")).as("approved").isTrue();
            soon(
                    "the ledger says so, in PostgreSQL",
                    () -> drains(docker).equals("web-1|back in rotation"));
            assertThat(simulator.up()).containsAll(Site.VMS);
        }
    }

    private static String enroll(GenericContainer<?> orchestrator, String vm) throws Exception {
        var result =
                orchestrator.execInContainer(
                        "java", "-jar", "/opt/ebb/ebb-orchestrator.jar", "enroll", vm);
        assertThat(result.getStdout()).as(result.getStderr()).startsWith("EBB_JOIN=https://orch");
        return result.getStdout().strip().substring("EBB_JOIN=".length());
    }

    private static String drains(Composition docker) {
        try {
            return docker.container("database")
                    .execInContainer(
                            "psql", "-U", "ebb", "-tAc", "select vm_name, outcome from drain")
                    .getStdout()
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void aPasswordForTheDatabaseMustBeChosen() {
        assertThatThrownBy(() -> Compose.read(Map.of(), ORCHESTRATOR))
                .hasMessage("EBB_DATABASE_PASSWORD is missing: choose one");
    }

    @Test
    void withoutTheSimulationTheOrchestratorObservesTheRealAzure() {
        var real = Compose.read(Map.of("EBB_DATABASE_PASSWORD", "x"), ORCHESTRATOR);
        var environment = real.service("orchestrator").path("environment");
        assertThat(environment.path("EBB_MODE").isNull()).isTrue();
        assertThat(environment.has("EBB_AZURE_ENDPOINT")).isFalse();
        assertThat(environment.path("EBB_DATABASE_URL").asText()).contains("postgresql");
    }

    @Test
    void whatIsNotUnderstoodHereIsNotPassedOver(@TempDir Path folder) throws IOException {
        var file = folder.resolve("more.yaml");
        Files.writeString(file, "services: { simulator: { privileged: true } }");
        var more = Compose.read(Map.of(), FLEET, file);
        try (var docker = new Composition()) {
            assertThatThrownBy(() -> docker.up(more, "simulator"))
                    .hasMessage("not understood: privileged=true of simulator");
        }
    }

    /** The simulator's control API. */
    private record Control(String url) {
        Control(GenericContainer<?> simulator) {
            this("http://127.0.0.1:" + simulator.getMappedPort(8100));
        }

        /** The VMs that are in the pool and answer the probe. */
        List<String> up() {
            return values("/sim/v1/pools")
                    .flatMap(pool -> stream(pool.path("members")))
                    .filter(member -> member.path("inPool").asBoolean())
                    .filter(member -> member.path("probe").asText().equals("up"))
                    .map(member -> member.path("vm").asText())
                    .toList();
        }

        JsonNode event(String id) {
            return values("/sim/v1/events")
                    .filter(event -> event.path("eventId").asText().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        private Stream<JsonNode> values(String path) {
            return stream(call("GET", path, "").path("value"));
        }

        JsonNode call(String method, String path, String body) {
            try (var client = HttpClient.newHttpClient()) {
                var request =
                        HttpRequest.newBuilder(URI.create(url + path))
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body))
                                .build();
                var answer = client.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
                return Yaml.read(answer.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }

        private static Stream<JsonNode> stream(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false);
        }
    }
}
