package io.ebb.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebb.simulator.machine.OsLauncher;
import io.ebb.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole simulation with real processes and sockets; only Linux has all of 127.0.0.0/8. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SimulationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Simulation simulation;

    @BeforeEach
    void start() throws IOException {
        // Addresses of this process alone, so that ports need not be.
        var network = "127." + (64 + ProcessHandle.current().pid() % 128) + ".7.";
        var scenario =
                ScenarioReader.read(
                        """
                        vms:
                          - { name: web-0, address: %1$s1 }
                          - { name: web-1, address: %1$s2 }
                        addresses: { control: "%1$s9:0", arm: "%1$s9:0" }
                        loadBalancer:
                          frontend: "%1$s9:8081"
                          distribution: Default
                          probe: { port: 8080, path: /health, interval: 100ms }
                        timings: { firstMetadataAnswer: 0ms, settle: 200ms, boot: 100ms }
                        """
                                .formatted(network),
                        Map.of(
                                "certificate", folder.resolve("arm.pem").toString(),
                                "workDirectory", folder.toString()));
        simulation = new Simulation(scenario, new OsLauncher(), InstantSource.system());
        simulation.awaitGuests();
    }

    @AfterEach
    void stop() {
        client.close();
        simulation.close();
    }

    private JsonNode send(String method, String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(simulation.controlUrl() + "/sim/v1" + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Which machine answers through the load balancer. */
    private String served() throws Exception {
        var address = URI.create(simulation.readyLine().replaceFirst(".*frontend ", "http://"));
        var answer =
                client.send(
                        HttpRequest.newBuilder(address.resolve("/work?bytes=5"))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("abcde");
        return answer.headers().firstValue("X-Served-By").orElseThrow();
    }

    private boolean inRecord(String kind, String subject) throws Exception {
        for (var entry : send("GET", "/record", "").path("value")) {
            if (entry.path("kind").asText().equals(kind)
                    && entry.path("subject").asText().equals(subject)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode vm(int index) throws Exception {
        return send("GET", "/vms", "").path("value").path(index);
    }

    @Test
    void aRebootIsAnnouncedTakesTheMachineOutAndBringsItBack() throws Exception {
        await(() -> inRecord("inRotation", "web-0") && inRecord("inRotation", "web-1"));
        var before = vm(1);
        var id =
                send(
                                "POST",
                                "/events",
                                """
                                {"type":"Reboot","vms":["web-1"],"notice":"100ms",
                                 "impact":"300ms","runUp":"0ms"}
                                """)
                        .path("eventId")
                        .asText();
        await(() -> inRecord("outOfRotation", "web-1"));
        assertThat(served()).isEqualTo("web-0");
        await(() -> inRecord("eventGone", id) && vm(1).path("power").asText().equals("running"));

        var after = vm(1);
        assertThat(after.path("bootId")).isNotEqualTo(before.path("bootId"));
        assertThat(after.path("guestPid")).isNotEqualTo(before.path("guestPid"));
        assertThat(Files.readString(folder.resolve("web-1/boot_id")).strip())
                .isEqualTo(after.path("bootId").asText());
    }

    @Test
    void anAgentGoesDownWithItsMachineAndComesBackWithIt() throws Exception {
        var installed =
                send("PUT", "/vms/web-0/agent", "{\"command\":[\"sleep\",\"300\"]}")
                        .path("agentPid")
                        .asLong();
        var first = ProcessHandle.of(installed).orElseThrow();
        send("POST", "/vms/web-0:restart", "");
        await(() -> !first.isAlive() && vm(0).path("power").asText().equals("running"));

        var second = ProcessHandle.of(vm(0).path("agentPid").asLong()).orElseThrow();
        assertThat(second.isAlive()).isTrue();
        simulation.close();
        assertThat(second.isAlive()).isFalse();
    }

    @Test
    void aTerminateDeletesTheMachineItsInterfaceItsMembershipAndItsProcesses() throws Exception {
        await(() -> inRecord("inRotation", "web-0") && inRecord("inRotation", "web-1"));
        var guest = ProcessHandle.of(vm(1).path("guestPid").asLong()).orElseThrow();
        var agent =
                ProcessHandle.of(
                                send("PUT", "/vms/web-1/agent", "{\"command\":[\"sleep\",\"300\"]}")
                                        .path("agentPid")
                                        .asLong())
                        .orElseThrow();
        var id =
                send(
                                "POST",
                                "/events",
                                """
                                {"type":"Terminate","vms":["web-1"],"notice":"100ms",
                                 "impact":"100ms","runUp":"0ms"}
                                """)
                        .path("eventId")
                        .asText();
        await(() -> inRecord("eventGone", id));

        assertThat(inRecord("vmDeleted", "web-1")).isTrue();
        assertThat(inRecord("memberRemoved", "web-1")).isTrue();
        assertThat(guest.isAlive()).isFalse();
        assertThat(agent.isAlive()).isFalse();
        assertThat(send("GET", "/vms", "").path("value")).hasSize(1);
        for (var member : send("GET", "/pools", "").at("/value/0/members")) {
            assertThat(member.path("inPool").asBoolean())
                    .isEqualTo(member.path("vm").asText().equals("web-0"));
        }
        assertThat(served()).isEqualTo("web-0");
    }

    @Test
    void closingStopsEveryGuest() throws Exception {
        var guest = ProcessHandle.of(vm(0).path("guestPid").asLong()).orElseThrow();
        simulation.close();

        assertThat(guest.isAlive()).isFalse();
    }
}
