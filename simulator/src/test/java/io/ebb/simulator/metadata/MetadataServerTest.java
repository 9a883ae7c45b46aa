package io.ebb.simulator.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.simulator.TestClock;
import io.ebb.simulator.control.Faults;
import io.ebb.simulator.control.MetadataFault;
import io.ebb.simulator.control.Record;
import io.ebb.simulator.machine.FakeLauncher;
import io.ebb.simulator.machine.Power;
import io.ebb.simulator.machine.Program;
import io.ebb.simulator.machine.VirtualMachine;
import io.ebb.simulator.maintenance.Controller;
import io.ebb.simulator.maintenance.Event;
import io.ebb.simulator.maintenance.EventRepository;
import io.ebb.simulator.maintenance.EventType;
import io.ebb.simulator.maintenance.HostAgent;
import io.ebb.simulator.maintenance.Source;
import io.ebb.simulator.maintenance.Work;
import io.ebb.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class MetadataServerTest {
    private static final String EVENTS = "/metadata/scheduledevents?api-version=2020-07-01";

    @TempDir private Path folder;

    private final TestClock clock = new TestClock();
    private final Faults faults = new Faults();
    private final EventRepository repository = new EventRepository("web", Duration.ZERO);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile boolean balanced = true;
    private VirtualMachine machine;
    private Controller controller;
    private MetadataServer server;

    @BeforeEach
    void start() throws IOException {
        var scenario = ScenarioReader.read("vms: [{ name: web-1, address: 127.0.0.1 }]");
        var record = new Record(clock);
        machine =
                new VirtualMachine(
                        scenario.vms().getFirst(),
                        folder,
                        new Program(List.of("guest"), Map.of()),
                        0,
                        new FakeLauncher(),
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
        server =
                new MetadataServer(
                        scenario,
                        machine,
                        0,
                        repository,
                        new Neighbours(
                                controller,
                                (vm, audience) -> vm + " at " + audience,
                                _ -> balanced,
                                faults),
                        clock);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        var uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        return HttpRequest.newBuilder(uri);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).header("Metadata", "true"));
    }

    private HttpResponse<String> approve(String version, String body) throws Exception {
        return send(
                request("/metadata/scheduledevents?api-version=" + version)
                        .header("Metadata", "true")
                        .header("If-None-Match", "whatever")
                        .POST(BodyPublishers.ofString(body)));
    }

    private Event reboot() {
        return controller.schedule(
                Work.of(
                        EventType.Reboot,
                        List.of("web-1"),
                        Duration.ofSeconds(8),
                        Source.Platform));
    }

    @Test
    void theFirstRequestEnablesTheServiceAndShowsAnUnusedDocument() throws Exception {
        assertThat(repository.enabled(clock.instant())).isFalse();

        assertThat(get(EVENTS).body()).isEqualTo("{\"DocumentIncarnation\":0,\"Events\":[]}");
        assertThat(repository.enabled(clock.instant())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/metadata/scheduledevents | 400 | api-version is invalid",
                "/metadata/scheduledevents?api-version=2020-07-02 | 400 | newest-versions",
                "/metadata/latest/scheduledevents | 404 | Not found",
                "/metadata/scheduledevents?api-version=2020-07-01&a=1&a=2 | 400 | more than once",
                "/metadata/instance | 400 | newest-versions",
                "/metadata/instance/compute/name?api-version=2021-12-13 | 400 | format=text",
                "/metadata/instance/compute/nam?api-version=2021-12-13 | 404 | Not found",
                "/metadata/nothing?api-version=2021-12-13 | 404 | Not found",
                "/metadata/identity/oauth2/token?api-version=2018-02-01 | 400 | invalid_resource",
                "/other | 404 | Not found",
            })
    void aWrongRequestIsRefused(String path, int status, String text) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
    }

    @Test
    void theMetadataHeaderIsRequiredButItsCaseIsNot() throws Exception {
        var missing = send(request(EVENTS));
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body())
                .isEqualTo("{\"error\":\"Required metadata header not specified\"}");
        assertThat(send(request(EVENTS).header("metadata", "True")).statusCode()).isEqualTo(200);
        assertThat(send(request(EVENTS).header("Metadata", "1")).statusCode()).isEqualTo(400);
        assertThat(send(request(EVENTS).POST(BodyPublishers.ofString("{}"))).statusCode())
                .isEqualTo(400);
    }

    @Test
    void theFirstVersionDoesNotEnforceTheHeader() throws Exception {
        var answer = send(request("/metadata/scheduledevents?api-version=2017-03-01"));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("edge case 35: a forwarded request is rejected")
    void aForwardedRequestIsRejected() throws Exception {
        var forwarded = request(EVENTS).header("Metadata", "true").header("X-Forwarded-For", "a");

        assertThat(send(forwarded).statusCode()).isEqualTo(400);
    }

    @Test
    void otherVerbsAreNotAllowed() throws Exception {
        var delete = request(EVENTS).header("Metadata", "true").DELETE();

        assertThat(send(delete).statusCode()).isEqualTo(405);
    }

    @Test
    void thePathMayBeWrittenInAnyCase() throws Exception {
        assertThat(get(EVENTS.replace("events", "Events")).statusCode()).isEqualTo(200);
    }

    @Test
    void anUnchangedDocumentIsAnsweredWith304ForItsTagQuotedOrNot() throws Exception {
        var tag = get(EVENTS).headers().firstValue("ETag").orElseThrow();

        for (var form : List.of(tag, tag.replace("\"", ""))) {
            var again =
                    send(request(EVENTS).header("Metadata", "true").header("If-None-Match", form));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
        reboot();
        var changed = send(request(EVENTS).header("Metadata", "true").header("If-None-Match", tag));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).isPresent().isNotEqualTo(Optional.of(tag));
    }

    @Test
    void aMadeUpTagGetsTheDocument() throws Exception {
        var answer = send(request(EVENTS).header("Metadata", "true").header("If-None-Match", "0"));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"2020-07-01", "2019-08-01", "2017-08-01"})
    @DisplayName(
            "edge case 44: an approval is accepted with a stale tag, an incarnation and no content type")
    void anApprovalIsAcceptedAtEveryVersionWithWhateverElseTheBodyHas(String version)
            throws Exception {
        var event = reboot();
        var answer =
                approve(
                        version,
                        "{\"DocumentIncarnation\":\"5\",\"StartRequests\":[{\"EventId\":\""
                                + event.id()
                                + "\"}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(controller.events().getFirst().life().approval()).isPresent();
    }

    @Test
    void severalEventsAreApprovedByOneRequest() throws Exception {
        var ids = List.of(reboot().id(), reboot().id());
        approve(
                "2020-07-01",
                "{\"StartRequests\":[{\"EventId\":\"%s\"},{\"EventId\":\"%s\"}]}"
                        .formatted(ids.getFirst(), ids.getLast()));

        assertThat(controller.events()).allMatch(event -> event.life().approval().isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json",
                "{}",
                "{\"StartRequests\":[]}",
                "{\"StartRequests\":[{}]}",
                "{\"StartRequests\":{\"EventId\":\"A\"}}",
                "{\"StartRequests\":[{\"EventId\":\"unknown\"}]}",
            })
    void aMalformedOrUnknownApprovalIsRefused(String body) throws Exception {
        assertThat(approve("2020-07-01", body).statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownIdIsApprovedIfTheSwitchIsOn() throws Exception {
        faults.metadata(Optional.empty(), new MetadataFault.UnknownIdApproved(), Faults.ALWAYS);

        assertThat(
                        approve("2020-07-01", "{\"StartRequests\":[{\"EventId\":\"unknown\"}]}")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void approvalsFailIfTheSwitchIsOnAndTheDocumentIsStillAnswered() throws Exception {
        var event = reboot();
        var body = "{\"StartRequests\":[{\"EventId\":\"%s\"}]}".formatted(event.id());
        faults.metadata(Optional.empty(), new MetadataFault.ApprovalsFail(), Faults.ALWAYS);

        assertThat(approve("2020-07-01", body).statusCode()).isEqualTo(500);
        assertThat(get(EVENTS).statusCode()).isEqualTo(200);
        assertThat(controller.events().getFirst().life().approval()).isEmpty();

        faults.clear();
        assertThat(approve("2020-07-01", body).statusCode()).isEqualTo(200);
    }

    @Test
    void aStatusIsInjectedAsOftenAsAskedFor() throws Exception {
        faults.metadata(Optional.of("WEB-1"), new MetadataFault.Status(410), 2);
        faults.metadata(Optional.of("web-2"), new MetadataFault.Status(500), Faults.ALWAYS);

        assertThat(get(EVENTS).statusCode()).isEqualTo(410);
        assertThat(get(EVENTS).statusCode()).isEqualTo(410);
        assertThat(get(EVENTS).statusCode()).isEqualTo(200);
    }

    @Test
    void anEmptyBodyIsAGoodStatusWithoutADocument() throws Exception {
        faults.metadata(Optional.empty(), new MetadataFault.EmptyBody(), 1);
        var answer = get(EVENTS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(get(EVENTS).body()).isNotEmpty();
    }

    @Test
    void aBlindServiceShowsNoEventsUntilItsTimeIsOver() throws Exception {
        reboot();
        var until = clock.instant().plusSeconds(300);
        faults.metadata(Optional.empty(), new MetadataFault.Blind(until), Faults.ALWAYS);
        assertThat(get(EVENTS).body()).isEqualTo("{\"DocumentIncarnation\":0,\"Events\":[]}");

        clock.forward(Duration.ofMinutes(5));
        assertThat(get(EVENTS).body()).contains("Reboot");
    }

    @Test
    void aStaleServiceShowsWhatItShowedBefore() throws Exception {
        get(EVENTS);
        faults.metadata(Optional.empty(), new MetadataFault.Stale(), Faults.ALWAYS);
        var before = get(EVENTS).body();
        reboot();
        assertThat(get(EVENTS).body()).isEqualTo(before);

        faults.clear();
        assertThat(get(EVENTS).body()).contains("Reboot");
    }

    @Test
    void tooManyRequestsWithinASecondAre429IfTheSwitchIsOn() throws Exception {
        faults.metadata(Optional.empty(), new MetadataFault.RateLimit(2), Faults.ALWAYS);
        get(EVENTS);
        get(EVENTS);
        assertThat(get(EVENTS).statusCode()).isEqualTo(429);

        clock.forward(Duration.ofSeconds(2));
        assertThat(get(EVENTS).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("edge case 32: a frozen machine gets its answer after the thaw")
    void aFrozenMachineGetsItsAnswerAfterTheThaw() throws Exception {
        machine.freeze();
        var answer =
                client.sendAsync(
                        request(EVENTS).header("Metadata", "true").build(),
                        BodyHandlers.ofString());
        assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        machine.thaw();
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    @Test
    void aMachineThatIsDownGetsNoAnswer() {
        machine.stop(Power.STOPPED);

        assertThatThrownBy(() -> get(EVENTS)).isInstanceOf(IOException.class);
    }

    @Test
    void aClientThatWantsToCloseIsToldSo() throws Exception {
        try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + EVENTS
                                            + " HTTP/1.1\r\nHost: x\r\nMetadata: true\r\n"
                                            + "Connection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).containsIgnoringCase("\r\nConnection: close\r\n");
        }
    }

    @Test
    void theInstanceIsKnownByItsNameAndMostVersionsShowMore() throws Exception {
        var name = "/metadata/instance/compute/name?format=text&api-version=";
        assertThat(get(name + "2017-04-02").body()).isEqualTo("web-1");
        assertThat(get("/metadata/instance/compute?api-version=2017-04-02").body())
                .doesNotContain("subscriptionId");
        assertThat(get("/metadata/instance/compute?api-version=2021-12-13").body())
                .contains("\"subscriptionId\":\"11111111", "\"tagsList\":[]", "\"resourceId\":\"/");
        assertThat(
                        get("/metadata/instance/network/interface/0/ipv4/ipAddress/0/"
                                        + "privateIpAddress?format=text&api-version=2021-12-13")
                                .body())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void theRulesOfTheLoadBalancerAreShownWhileTheMachineIsInAPool() throws Exception {
        var path = "/metadata/loadbalancer?api-version=2020-10-01";
        assertThat(get(path).body())
                .contains("\"frontendPort\":8081,\"backendPort\":8080", "\"outboundRules\":[]");

        balanced = false;
        var answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("No load balancer metadata is found");
    }

    @Test
    void aTokenHasOnlyTexts() throws Exception {
        var answer =
                get(
                        "/metadata/identity/oauth2/token?api-version=2018-02-01"
                                + "&resource=https%3A%2F%2Fmanagement.azure.com%2F");

        assertThat(answer.body())
                .contains(
                        "\"access_token\":\"" + machine.description().vmId() + " at https:",
                        "\"expires_in\":\"3599\"",
                        "\"token_type\":\"Bearer\"");
    }

    @Test
    @DisplayName("edge case 43: the header-less probe for tokens is refused at once")
    void theHeaderlessProbeForTokensIsRefusedAtOnce() throws Exception {
        var probe = send(request("/metadata/identity/oauth2/token?api-version=2018-02-01"));

        assertThat(probe.statusCode()).isEqualTo(400);
        assertThat(probe.body()).contains("bad_request_102");
    }

    @Test
    void theLegacyEndpointsNeedNoHeaderAndEnableNothing() throws Exception {
        assertThat(send(request("/metadata/v1/InstanceInfo")).body())
                .isEqualTo("{\"ID\":\"_web-1\",\"UD\":\"0\",\"FD\":\"0\"}");
        assertThat(send(request("/metadata/v1/maintenance")).body()).isEqualTo("{}");
        assertThat(repository.enabled(clock.instant())).isFalse();
    }

    @Test
    void theLegacyMaintenanceShowsARebootFiveMinutesAhead() throws Exception {
        var event = reboot();
        assertThat(send(request("/metadata/v1/maintenance")).body()).isEqualTo("{}");

        clock.forward(Duration.ofMinutes(10));
        assertThat(send(request("/metadata/v1/maintenance")).body())
                .isEqualTo(
                        "{\"EventID\":\""
                                + event.id().toLowerCase(Locale.ROOT)
                                + "\",\"EventCreationTime\":\"4\\/20\\/2026 10:00:00 PM\"}");
    }
}
