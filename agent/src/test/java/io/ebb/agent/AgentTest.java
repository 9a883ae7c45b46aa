package io.ebb.agent;

import static io.ebb.agent.testing.FakeImds.EVENT;
import static io.ebb.agent.testing.FakeImds.document;
import static io.ebb.agent.testing.FakeImds.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.testing.Await;
import io.ebb.agent.testing.Certificate;
import io.ebb.agent.testing.FakeImds;
import io.ebb.agent.testing.FakeServer;
import io.ebb.protocol.Report;
import io.ebb.protocol.Report.HookState;
import io.ebb.protocol.Report.Reading;
import io.ebb.protocol.Report.Result;
import io.ebb.protocol.ReportJson;
import io.ebb.protocol.Wish;
import io.ebb.protocol.WishJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent as a process of its own, between a metadata service and an orchestrator. */
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "connections are counted from Linux's tables")
class AgentTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir Path folder;

    @Test
    void followsAnEventFromFirstSightToItsApprovalAndEndsCleanly() throws Exception {
        Certificate certificate = Certificate.make(folder, "orchestrator");
        Files.writeString(folder.resolve("boot"), "boot-1\n");
        int probePort = freePort();
        try (var imds = new FakeImds();
                var orchestrator = FakeServer.tls(certificate.context());
                var application = FakeServer.plain()) {
            application.answer(200, "ok");
            int port = application.port();
            orchestrator.answer(
                    200,
                    json(
                            new Wish(
                                    second(),
                                    List.of(port),
                                    List.of("192.0.2.0-192.0.2.9"),
                                    List.of(1),
                                    true,
                                    Wish.Hook.NONE,
                                    List.of())));
            Process agent = start(imds, orchestrator, certificate, port, probePort);
            try {
                Report calm =
                        report(
                                orchestrator,
                                report ->
                                        report.health().healthy()
                                                && report.document().reading() != Reading.UNKNOWN
                                                && report.quiet().isPresent()
                                                && report.probe().orElseThrow().passing());
                assertThat(calm.vm().name()).isEqualTo("web-1");
                assertThat(calm.boot()).isEqualTo("boot-1");
                assertThat(calm.document().text()).isEqualTo(document(0));
                assertThat(calm.missing()).isEmpty();

                try (var client = new Socket(LOOPBACK, port)) {
                    Report busy =
                            report(
                                    orchestrator,
                                    report -> report.ports().getFirst().connections() > 0);
                    assertThat(busy.quiet()).isEmpty();
                    assertThat(busy.calm()).singleElement().matches(one -> one.remaining() == 1);

                    orchestrator.answer(
                            200,
                            json(
                                    new Wish(
                                            second(),
                                            List.of(port),
                                            List.of("127.0.0.0/8"),
                                            List.of(),
                                            true,
                                            Wish.Hook.NONE,
                                            List.of())));
                    Report deaf = report(orchestrator, report -> report.quiet().isPresent());
                    assertThat(deaf.ports().getFirst().connections()).isZero();
                    assertThat(deaf.calm()).isEmpty();
                    assertThat(client.isConnected()).isTrue();
                }

                imds.show(document(1, event(EVENT, "Scheduled")));
                report(orchestrator, report -> report.document().text().contains(EVENT));

                orchestrator.answer(
                        200,
                        json(
                                new Wish(
                                        second(),
                                        List.of(port),
                                        List.of(),
                                        List.of(),
                                        false,
                                        Wish.Hook.DRAIN,
                                        List.of(
                                                new Wish.Approve(
                                                        "o-1", EVENT, Duration.ofSeconds(10))))));
                Report done =
                        report(
                                orchestrator,
                                report ->
                                        !report.results().isEmpty()
                                                && report.hook().state() == HookState.DRAINED
                                                && report.quiet().isPresent());
                assertThat(done.results()).containsExactly(new Result("o-1", true, "answered 200"));
                assertThat(done.probe().orElseThrow().passing()).isFalse();
                assertThat(application.asked).anyMatch(asked -> asked.uri().equals("/admin/drain"));
                assertThat(imds.server.asked)
                        .filteredOn(asked -> asked.method().equals("POST"))
                        .hasSize(1);

                agent.destroy();
                assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(agent.exitValue()).isZero();
                assertThat(Files.readString(folder.resolve("log")))
                        .contains("<6>stopping")
                        .contains("<4>not ignoring connections from \"192.0.2.0-192.0.2.9\"");
            } finally {
                agent.destroyForcibly();
            }
        }
    }

    @Test
    void wrongSettingsEndItWithTheirName() throws Exception {
        Process agent = launch(List.of("--poll", "soon"));
        assertThat(agent.waitFor()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("log")))
                .startsWith("<4>not starting: --join: is missing");
    }

    private Process start(
            FakeImds imds,
            FakeServer orchestrator,
            Certificate certificate,
            int applicationPort,
            int probePort)
            throws IOException {
        String application = "http://127.0.0.1:" + applicationPort;
        return launch(
                List.of(
                        "--join",
                        orchestrator.uri() + "#" + certificate.fingerprint() + ".web-1.s3cret",
                        "--metadata",
                        imds.uri().toString(),
                        "--poll",
                        "100ms",
                        "--health",
                        application + "/health",
                        "--health-every",
                        "100ms",
                        "--probe",
                        "127.0.0.1:" + probePort + "/healthz",
                        "--drain-hook",
                        "POST " + application + "/admin/drain",
                        "--boot-id-file",
                        folder.resolve("boot").toString()));
    }

    private Process launch(List<String> flags) throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx12m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        command.add("io.ebb.agent.Main");
        command.addAll(flags);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** The first report from now on that is as expected. */
    private static Report report(FakeServer orchestrator, Predicate<Report> expected) {
        orchestrator.asked.clear();
        Report[] found = new Report[1];
        Await.until(
                "such a report arrives",
                () -> {
                    FakeServer.Asked asked = orchestrator.asked.poll();
                    if (asked != null) {
                        found[0] = ReportJson.read(asked.body().getBytes(UTF_8));
                        return expected.test(found[0]);
                    }
                    return false;
                });
        return found[0];
    }

    private static Duration second() {
        return Duration.ofMillis(200);
    }

    private static String json(Wish wish) {
        return new String(WishJson.write(wish), UTF_8);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
