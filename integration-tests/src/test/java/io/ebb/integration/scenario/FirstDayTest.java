package io.ebb.integration.scenario;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ebb.demo.fleet.Announced;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.Happening;
import io.ebb.demo.fleet.Orchestrator;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import io.ebb.demo.report.Rotation;
import io.ebb.integration.azure.Az;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code docs/first-day.md} says of how Ebb and Azure behave, in the order of that page. */
@Timeout(120)
class FirstDayTest {
    private static final String RESTART = "az vm restart --resource-group rg --name ";
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration IMPACT = Duration.ofSeconds(1);

    /** The simulated Azure, before anything of Ebb's runs. */
    @Nested
    class BeforeAnyAgent {
        private static Grounds grounds;
        private static Simulator simulator;

        @BeforeAll
        static void start() {
            grounds = Grounds.take("first-day-before");
            simulator = azure(grounds, false);
        }

        @AfterAll
        static void stop() {
            grounds.close();
        }

        @Test
        void checkPrintsTheTableAndChangesNothing() {
            var checked =
                    Orchestrator.check(
                            grounds.house(), grounds.children(), grounds.site(), simulator);
            assertThat(checked.output())
                    .containsSubsequence("VM", "NIC", "POOL", "STRATEGY", "BUDGET", "HINDERS")
                    .contains("web-0-nic", "web-1-nic", "web-2-nic", "min 1, most out 1, in 3/3")
                    .contains("probe of pool web does not point at the agent");
            assertThat(checked.status()).isEqualTo(1);
            assertThat(kinds(simulator, 0)).doesNotContain("armWrite");
        }

        @Test
        void beforeAnAgentPolledARestartHappensAtOnce() {
            try (var az = grounds.az(simulator)) {
                az.run(RESTART + "web-1");
            }
            var event = newest(simulator, "web-1");
            soon("it is down", () -> told(simulator, 0, "vmStopped", "web-1"));
            assertThat(told(simulator, 0, "eventStarted", event.id())).isTrue();
            assertThat(kinds(simulator, 0)).doesNotContain("eventScheduled");
        }
    }

    /** An orchestrator that observes, and an agent on one VM of three. */
    @Nested
    class Observing {
        private static Grounds grounds;
        private static Simulator simulator;
        private static Orchestrator orchestrator;
        private static Az az;

        @BeforeAll
        static void start() {
            grounds = Grounds.take("first-day-observe");
            simulator = azure(grounds, false);
            orchestrator = ebb(grounds, simulator, "observe");
            new Fleet(simulator, orchestrator)
                    .install(
                            grounds.house(),
                            grounds.site(),
                            "web-0",
                            orchestrator.enroll("web-0"),
                            List.of("--report", "2s"));
            soon(
                    "the agent reads the document",
                    () -> document("web-0").matches("fresh|unchanged"));
            az = grounds.az(simulator);
        }

        @AfterAll
        static void stop() {
            grounds.close();
            az.close();
        }

        @Test
        void onceOneAgentPolledRestartsOfAllVmsOfTheSetAreAnnounced() {
            az.run(RESTART + "web-2");
            var event = newest(simulator, "web-2");
            soon("Ebb hears of it", () -> heardOf(event.id()));
            var heard = orchestrator.api().events().stream().filter(of(event.id())).findFirst();
            assertThat(heard.orElseThrow().path("source").asText()).isEqualTo("User");
            assertThat(heard.orElseThrow().path("type").asText()).isEqualTo("Reboot");
            assertThat(Duration.between(Instant.now(), event.notBefore()))
                    .isBetween(Duration.ofMinutes(13), Duration.ofMinutes(15));
            assertThat(simulator.event(event.id()).startedAt()).isEmpty();
            simulator.cancel(event.id());
        }

        @Test
        void anAnnouncedRestartIsApprovedFromAnyVmOfTheSet() throws Exception {
            az.run(RESTART + "web-2");
            var event = newest(simulator, "web-2");
            startRequest("web-0", event.id());
            soon("it starts", () -> simulator.event(event.id()).startedAt().isPresent());
            soon("it is over", () -> simulator.event(event.id()).goneAt().isPresent());
        }

        @Test
        void observePlansAndRecordsAndWritesNothing() {
            az.run(RESTART + "web-0");
            var event = newest(simulator, "web-0");
            soon("it is recorded", () -> recorded("web-0").contains("would take it out of pool"));
            var heard = lastHeard("web-0");
            soon("the agent reports again", () -> !lastHeard("web-0").equals(heard));
            assertThat(recorded("web-0")).contains("Draining");
            assertThat(simulator.inRotation("web-0")).isTrue();
            assertThat(simulator.event(event.id()).approvedAt()).isEmpty();
            assertThat(kinds(simulator, 0)).doesNotContain("armWrite", "memberRemoved");
            simulator.cancel(event.id());
        }

        private static String document(String vm) {
            return agent(vm).path("document").asText();
        }

        private static String lastHeard(String vm) {
            return agent(vm).path("lastHeard").asText();
        }

        private static JsonNode agent(String vm) {
            return orchestrator.api().vms().stream()
                    .filter(one -> one.path("name").asText().equals(vm))
                    .findFirst()
                    .map(one -> one.path("agent"))
                    .orElse(MissingNode.getInstance());
        }

        private static boolean heardOf(String event) {
            return orchestrator.api().events().stream().anyMatch(of(event));
        }

        private static Predicate<JsonNode> of(String event) {
            return one -> one.path("id").asText().equalsIgnoreCase(event);
        }

        /** All that the timelines of a VM's drains say. */
        private static String recorded(String vm) {
            var api = orchestrator.api();
            var text = new StringBuilder();
            api.drains().stream()
                    .filter(drain -> drain.path("vm").asText().equals(vm))
                    .flatMap(drain -> api.timeline(drain.path("id").asText(), 0).stream())
                    .forEach(line -> text.append(line.path("message").asText()).append('\n'));
            return text.toString();
        }

        /** What the page shows for curl. */
        private static void startRequest(String vm, String event) throws Exception {
            var metadata = grounds.site().address(vm) + ":" + grounds.site().metadataPort();
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://"
                                                    + metadata
                                                    + "/metadata/scheduledevents?api-version=2020-07-01"))
                            .header("Metadata", "true")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"StartRequests\":[{\"EventId\":\""
                                                    + event
                                                    + "\"}]}"))
                            .build();
            try (var http = HttpClient.newHttpClient()) {
                var answer = http.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
        }
    }

    /** A whole Ebb that enforces, behind a probe that asks the agents. */
    @Nested
    class Enforcing {
        /** Without the orchestrator so long, an agent lets its VM serve again. */
        private static final List<String> LAPSE = List.of("--report", "2s", "--probe-lapse", "4s");

        private static Grounds grounds;
        private static Simulator simulator;
        private static Orchestrator orchestrator;
        private static Fleet fleet;
        private static Az az;

        private static boolean down;

        private long before;

        @BeforeAll
        static void start() {
            grounds = Grounds.take("first-day-enforce");
            simulator = azure(grounds, true);
            orchestrator = ebb(grounds, simulator, "enforce");
            fleet =
                    new Fleet(simulator, orchestrator)
                            .withAgents(grounds.house(), grounds.site(), LAPSE);
            az = grounds.az(simulator);
        }

        @AfterAll
        static void stop() {
            grounds.close();
            az.close();
        }

        @BeforeEach
        void settle() {
            if (down) {
                orchestrator.startAgain();
                orchestrator.awaitReady();
                down = false;
            }
            soon(
                    "every VM is in rotation",
                    () -> Site.VMS.stream().allMatch(simulator::inRotation));
            soon("Ebb has nothing to do", Enforcing::isIdle);
            var record = simulator.record(0);
            before = record.getLast().sequence();
        }

        @Test
        void enforceDrainsARestartedVmHasItApprovedAndPutsItBack() {
            var from = Instant.now();
            az.run(RESTART + "web-1");
            var event = newest(simulator, "web-1");
            soon("it is approved", () -> simulator.event(event.id()).approvedAt().isPresent());
            var approved = simulator.event(event.id()).approvedAt().orElseThrow();
            assertThat(approved).isBefore(event.notBefore());
            assertThat(Rotation.of(simulator.record(before), from).out("web-1", approved)).isTrue();
            assertThat(told(simulator, before, "memberRemoved", "web-1")).isTrue();
            soon("it is over", () -> simulator.event(event.id()).goneAt().isPresent());
            soon("it is back", () -> simulator.inRotation("web-1"));
            soon("the drain is closed", () -> outcome("web-1").equals("back in rotation"));
        }

        @Test
        void withoutTheOrchestratorAllVmsServeAndAnEventsOwnVmRefusesNewFlowsBeforeNotBefore() {
            try (var load = OpenLoop.start(grounds.site().frontend(), Mix.quick())) {
                down = true;
                orchestrator.stop();
                assertThat(orchestrator.printed()).doesNotContain("Error disposing");
                load.take();
                soon("all VMs serve", () -> load.soFar().servedBy().keySet().containsAll(Site.VMS));
                assertThat(load.stop().failures()).isEmpty();
                var event = simulator.announce("Reboot", "web-2", Duration.ofSeconds(18), IMPACT);
                soon("its agent fails the probe", () -> !simulator.inRotation("web-2"));
                assertThat(simulator.event(event).startedAt()).isEmpty();
                soon("it starts", () -> simulator.event(event).startedAt().isPresent());
                var started = simulator.event(event);
                assertThat(started.approvedAt()).isEmpty();
                assertThat(started.startedAt().orElseThrow()).isAfterOrEqualTo(started.notBefore());
                assertThat(kinds(simulator, before)).doesNotContain("armWrite", "memberRemoved");
                soon("it is over", () -> simulator.event(event).goneAt().isPresent());
                soon("it serves again by itself", () -> simulator.inRotation("web-2"));
            }
        }

        @Test
        void aVmWhoseAgentFailsTheProbeServesAgainWhenTheOrchestratorIsSilentForTheLapse()
                throws IOException {
            // One open connection, and the VM is not removed but stays quiesced.
            try (var _ = connect("web-1")) {
                var event = simulator.announce("Reboot", "web-1", LONG, IMPACT);
                soon("the probe is failed", () -> !simulator.inRotation("web-1"));
                kill();
                soon("the probe passes again", () -> simulator.inRotation("web-1"));
                assertThat(kinds(simulator, before)).doesNotContain("memberRemoved");
                assertThat(simulator.event(event).approvedAt()).isEmpty();
                simulator.cancel(event);
            }
        }

        @Test
        void theShownCommandPutsADrainedVmBackWithoutEbb() {
            var event = simulator.announce("Reboot", "web-1", LONG, IMPACT);
            soon("it is approved", () -> simulator.event(event).approvedAt().isPresent());
            var command = drain("web-1").path("putBackByHand").asText();
            try (var load = OpenLoop.start(grounds.site().frontend(), Mix.quick())) {
                kill();
                soon("it is over", () -> simulator.event(event).goneAt().isPresent());
                assertThat(simulator.inRotation("web-1")).isFalse();
                load.take();
                az.run(command);
                soon("it serves", () -> load.soFar().servedBy().containsKey("web-1"));
                assertThat(az.tags("rg", "web-1-nic"))
                        .singleElement()
                        .asString()
                        .startsWith("ebb-out-");
            }
        }

        @Test
        void anUninstalledAgentTakesItsVmOutOfAPoolWhoseProbeAsksIt() {
            simulator.uninstall("web-2");
            soon("it is out", () -> !simulator.inRotation("web-2"));
            assertThat(simulator.inRotation("web-0")).isTrue();
            fleet.install(
                    grounds.house(), grounds.site(), "web-2", orchestrator.enroll("web-2"), LAPSE);
        }

        private static void kill() {
            down = true;
            orchestrator.kill();
        }

        private static boolean isIdle() {
            var vms = orchestrator.api().vms();
            return vms.size() == Site.VMS.size()
                    && vms.stream().allMatch(vm -> vm.path("state").asText().equals("Untouched"));
        }

        private static String outcome(String vm) {
            return drain(vm).path("outcome").asText();
        }

        /** The VM's newest drain. */
        private static JsonNode drain(String vm) {
            return orchestrator.api().drains().stream()
                    .filter(drain -> drain.path("vm").asText().equals(vm))
                    .max((one, other) ->
                            one.path("openedAt")
                                    .asText()
                                    .compareTo(other.path("openedAt").asText()))
                    .orElseThrow();
        }

        private static Socket connect(String vm) throws IOException {
            return new Socket(
                    InetAddress.ofLiteral(grounds.site().address(vm)), grounds.site().guestPort());
        }
    }

    private static Simulator azure(Grounds grounds, boolean healthz) {
        return Simulator.start(
                grounds.house(),
                grounds.children(),
                grounds.site(),
                "fleet",
                healthz,
                false,
                Pace.QUICK);
    }

    private static Orchestrator ebb(Grounds grounds, Simulator simulator, String mode) {
        return Orchestrator.start(
                grounds.house(),
                grounds.children(),
                grounds.site(),
                simulator,
                Pace.QUICK,
                Map.of("EBB_MODE", mode));
    }

    private static Announced newest(Simulator simulator, String vm) {
        return simulator.events().stream()
                .filter(event -> event.vms().contains(vm))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private static List<String> kinds(Simulator simulator, long after) {
        return record(simulator, after).map(Happening::kind).distinct().toList();
    }

    private static boolean told(Simulator simulator, long after, String kind, String subject) {
        return record(simulator, after)
                .anyMatch(entry -> entry.kind().equals(kind) && entry.subject().equals(subject));
    }

    private static Stream<Happening> record(Simulator simulator, long after) {
        return simulator.record(after).stream();
    }
}
