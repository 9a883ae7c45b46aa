package io.ebb.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ebb.simulator.TestClock;
import io.ebb.simulator.machine.FakeLauncher;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.Program;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.machine.VirtualMachines;
import io.ebb.simulator.maintenance.Controller;
import io.ebb.simulator.maintenance.EventRepository;
import io.ebb.simulator.maintenance.HostAgent;
import io.ebb.simulator.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class ControlServerTest {
    private record Reply(int status, JsonNode body) {}

    @TempDir private Path folder;

    private final TestClock clock = new TestClock();
    private final Faults faults = new Faults();
    private final FakeLauncher launcher = new FakeLauncher();
    private final EventRepository repository = new EventRepository("web", Duration.ZERO);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private VirtualMachine machine;
    private Controller controller;
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        var scenario = Scenario.builtIn();
        var record = new Record(clock);
        machine =
                new VirtualMachine(
                        scenario.vms().getFirst(),
                        folder,
                        new Program(List.of("guest"), Map.of()),
                        8169,
                        launcher,
                        (_, _) -> {},
                        record);
        machine.powerOn(Duration.ZERO);
        var host = new HostAgent("node-0");
        host.place(machine, repository);
        controller =
                new Controller(
                        List.of(host),
                        Map.of(machine, repository),
                        scenario.timings(),
                        record,
                        clock);
        var machines = new VirtualMachines(List.of(machine));
        var pools = JsonNodeFactory.instance.objectNode();
        pools.putArray("value").add("the pools");
        var api = new ControlApi(machines, controller, record, faults, clock, () -> pools);
        server = new ControlServer(api, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Reply send(String method, String path, String body) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/sim/v1" + path);
        var answer =
                client.send(
                        HttpRequest.newBuilder(uri)
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        return new Reply(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    }

    @Test
    void aMachineIsShownWithItsPowerNodeAndProcesses() throws Exception {
        var vm = send("GET", "/vms", "").body().path("value").path(0);

        assertThat(vm.path("name").asText()).isEqualTo("web-0");
        assertThat(vm.path("power").asText()).isEqualTo("running");
        assertThat(vm.path("node").asText()).isEqualTo("node-0");
        assertThat(vm.path("bootId").asText()).isEqualTo(machine.bootId());
        assertThat(vm.path("guestPid").isNumber()).isTrue();
        assertThat(vm.has("agentPid")).isFalse();
    }

    @Test
    void anEventIsMadeShownAndCanceled() throws Exception {
        var made =
                send(
                        "POST",
                        "/events",
                        """
                        {"type":"Reboot","vms":["WEB-0"],"notice":"60s","impact":"8s",
                         "source":"User","description":"why","durationSeconds":9}
                        """);
        var id = made.body().path("eventId").asText();
        assertThat(made.status()).isEqualTo(201);

        var shown = send("GET", "/events", "").body().path("value").path(0);
        assertThat(shown.path("eventId").asText()).isEqualTo(id);
        assertThat(shown.path("vms").path(0).asText()).isEqualTo("web-0");
        assertThat(shown.path("status").asText()).isEqualTo("Scheduled");
        assertThat(shown.path("notBefore").asText()).isEqualTo("2026-04-20T22:01:00Z");
        assertThat(shown.has("approvedAt")).isFalse();

        assertThat(send("DELETE", "/events/" + id, "").status()).isEqualTo(200);
        var gone = send("GET", "/events", "").body().path("value").path(0);
        assertThat(gone.path("status").asText()).isEqualTo("Canceled");
        assertThat(gone.has("goneAt")).isTrue();
    }

    @Test
    void aStartedEventCannotBeCanceled() throws Exception {
        var event =
                send(
                        "POST",
                        "/events",
                        """
                        {"type":"Reboot","vms":["web-0"],"straightToStarted":true}
                        """);
        var id = event.body().path("eventId").asText();

        assertThat(event.body().path("status").asText()).isEqualTo("Started");
        assertThat(send("DELETE", "/events/" + id, "").status()).isEqualTo(409);
    }

    @Test
    void anApprovalIsShownWithItsTimeAndWhoGaveIt() throws Exception {
        var body = "{\"type\":\"Freeze\",\"vms\":[\"web-0\"]}";
        var event = send("POST", "/events", body).body().path("eventId").asText();
        controller.approve(event, List.of("web-0"), "web-2");

        var shown = send("GET", "/events", "").body().path("value").path(0);
        assertThat(shown.path("status").asText()).isEqualTo("Approved");
        assertThat(shown.path("approvedAt").asText()).isEqualTo("2026-04-20T22:00:00Z");
        assertThat(shown.path("approvedBy").asText()).isEqualTo("web-2");
    }

    @Test
    void anAgentIsInstalledAndRemoved() throws Exception {
        var agent = "{\"command\":[\"agent\",\"{name}\"],\"environment\":{\"A\":\"b\"}}";
        assertThat(send("PUT", "/vms/web-0/agent", agent).body().has("agentPid")).isTrue();
        assertThat(send("DELETE", "/vms/web-0/agent", "").body().has("agentPid")).isFalse();
        assertThat(launcher.log)
                .containsExactly("start guest", "start agent web-0", "kill agent web-0");
    }

    @Test
    void userOperationsReachTheMachine() throws Exception {
        assertThat(send("POST", "/vms/web-0:deallocate", "").status()).isEqualTo(202);
        assertThat(machine.power()).isEqualTo(Power.DEALLOCATED);

        repository.requested(clock.instant());
        send("POST", "/vms/web-0:restart", "");
        assertThat(controller.events()).hasSize(1);
    }

    @Test
    void theRecordIsReadFromANumberOn() throws Exception {
        machine.freeze();
        var entries = send("GET", "/record?after=1", "").body().path("value");

        assertThat(entries).hasSize(1);
        assertThat(entries.path(0).path("kind").asText()).isEqualTo("vmFrozen");
        assertThat(entries.path(0).path("subject").asText()).isEqualTo("web-0");
    }

    @Test
    void thePoolsAreWhateverTheLoadBalancerSays() throws Exception {
        assertThat(send("GET", "/pools", "").body().path("value").path(0).asText())
                .isEqualTo("the pools");
    }

    @Test
    void metadataFaultsAreSwitchedOnAndCleared() throws Exception {
        send("POST", "/faults", "{\"vm\":\"web-0\",\"metadata\":{\"status\":500,\"times\":2}}");
        assertThat(faults.metadata("web-1", MetadataFault.Status.class)).isEmpty();
        assertThat(faults.metadata("web-0", MetadataFault.Status.class))
                .contains(new MetadataFault.Status(500));

        send("DELETE", "/faults", "");
        assertThat(faults.metadata("web-0", MetadataFault.Status.class)).isEmpty();
    }

    @Test
    void oneMachinesMetadataServiceIsMadeBlindForAWhile() throws Exception {
        send("POST", "/faults", "{\"vm\":\"web-0\",\"metadata\":{\"blind\":\"5m\"}}");
        assertThat(faults.metadata("web-0", MetadataFault.Blind.class))
                .contains(new MetadataFault.Blind(clock.instant().plusSeconds(300)));
        assertThat(faults.metadata("web-1", MetadataFault.Blind.class)).isEmpty();
    }

    @Test
    void armFaultsAreSwitchedOn() throws Exception {
        send(
                "POST",
                "/faults",
                """
                {"arm":{"method":"PUT","path":"networkInterfaces/web-0-nic","status":409,
                        "code":"AnotherOperationInProgress","retryAfter":"5s"}}
                """);
        send("POST", "/faults", "{\"arm\":{\"operation\":\"Canceled\",\"times\":1}}");

        var path = "/subscriptions/x/networkinterfaces/WEB-0-nic";
        assertThat(faults.refusal("GET", path)).isEmpty();
        var refusal = faults.refusal("PUT", path).orElseThrow();
        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(faults.refusal("PUT", path)).isEmpty();

        send(
                "POST",
                "/faults",
                "{\"arm\":{\"method\":\"GET\",\"path\":\"networkInterfaces\",\"hang\":\"5s\"}}");
        assertThat(faults.hang("PUT", path)).isZero();
        assertThat(faults.hang("GET", path)).isEqualTo(Duration.ofSeconds(5));
        assertThat(faults.hang("GET", path)).isZero();
        assertThat(faults.operationOutcome()).isEqualTo(Optional.of("Canceled"));
        assertThat(faults.operationOutcome()).isEmpty();
    }

    @Test
    void theIncarnationCanSkipAndReset() throws Exception {
        repository.requested(clock.instant());
        send("POST", "/faults", "{\"metadata\":{\"incarnationStep\":2}}");
        send("POST", "/events", "{\"type\":\"Freeze\",\"vms\":[\"web-0\"]}");
        assertThat(repository.document().incarnation()).isEqualTo(2);

        send("POST", "/faults", "{\"metadata\":{\"disabled\":true}}");
        repository.requested(clock.instant());
        assertThat(repository.document().incarnation()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /events | {\"type\":\"Frieze\",\"vms\":[\"web-0\"]} | 400 | type: expected",
                "POST | /events | {\"type\":\"Freeze\"} | 400 | vms: expected a list",
                "POST | /events | {\"type\":\"Freeze\",\"vms\":[\"web-9\"]} | 404 | web-9",
                "POST | /events | nonsense | 400 | body:",
                "POST | /events | {\"type\":\"Freeze\",\"vms\":[\"web-0\"],\"notice\":\"x\"} | 400 | notice: expected a duration",
                "DELETE | /events/nothing | {} | 404 | no event nothing",
                "POST | /vms/web-0:explode | {} | 404 | no such operation",
                "POST | /faults | {} | 400 | expected one of",
                "POST | /faults | {\"metadata\":{}} | 400 | no fault",
                "GET | /record?after=x | {} | 400 | after:",
                "GET | /nothing | {} | 404 | no such operation",
            })
    void aWrongRequestIsRefused(String method, String path, String body, int status, String text)
            throws Exception {
        var answer = send(method, path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("error").asText()).contains(text);
    }
}
