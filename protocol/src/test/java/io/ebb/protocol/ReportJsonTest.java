package io.ebb.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ReportJsonTest {
    static final Report WHOLE =
            new Report(
                    "0.1.0",
                    new Report.Vm(
                            "02aab8a4-74ef-476e-8182-f6d2ba4166a6",
                            "web-1",
                            "rg",
                            "11111111-2222-3333-4444-555555555555",
                            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg"
                                    + "/providers/Microsoft.Compute/virtualMachines/web-1",
                            "",
                            ""),
                    "5a1b0a5e-8a43-4d3e-8a53-0d3f7c9d4e11",
                    "r-1",
                    42,
                    Instant.parse("2026-11-20T10:15:30.250Z"),
                    new Report.Document(
                            Report.Reading.UNCHANGED,
                            "{\"DocumentIncarnation\":2,\"Events\":[]}",
                            Optional.of(Duration.ofMillis(950)),
                            Duration.ofSeconds(61),
                            61,
                            Optional.empty()),
                    List.of(new Report.Missing("C7061BAC-AFDC-4513-B24B-AA5F13A16123", 2)),
                    List.of(
                            new Report.Port(Wish.EVERY_PORT, 0, 2, List.of()),
                            new Report.Port(
                                    8080,
                                    3,
                                    1,
                                    List.of(
                                            new Report.Remote("10.0.0.4", 2),
                                            new Report.Remote("2001:db8:0:0:0:0:0:1", 1))),
                            new Report.Port(8443, 0, 0, List.of())),
                    Optional.of(Duration.ofMillis(1500)),
                    List.of(
                            new Report.Calm(2, Duration.ofMillis(4500)),
                            new Report.Calm(10, Duration.ofSeconds(61))),
                    new Report.Health(true, 17, "connected to port 8080"),
                    Optional.of(new Report.Probe(8090, "/healthz", false, Duration.ofSeconds(12))),
                    new Report.Hook(Report.HookState.DRAINED, "exit status 0"),
                    List.of(new Report.Result("o-7", true, "answered 200")));

    @Test
    void isWrittenAsTheGoldenFile() {
        assertThat(new String(ReportJson.write(WHOLE), UTF_8))
                .isEqualTo(new String(Golden.compact("report.json"), UTF_8));
    }

    @Test
    void isReadFromTheGoldenFile() {
        assertThat(ReportJson.read(Golden.bytes("report.json"))).isEqualTo(WHOLE);
    }

    @Test
    void whatIsEmptyIsAbsentAndComesBackEmpty() {
        Report least = ReportJson.read(Golden.bytes("report-least.json"));

        assertThat(least.quiet()).isEmpty();
        assertThat(least.calm()).isEmpty();
        assertThat(least.probe()).isEmpty();
        assertThat(least.ports()).isEmpty();
        assertThat(least.document().problem()).contains("empty body");
        assertThat(ReportJson.write(least)).isEqualTo(Golden.compact("report-least.json"));
    }

    @Test
    void anErrorNamesThePath() {
        assertThatThrownBy(() -> read("\"port\": 8443", "\"port\": \"8443\""))
                .isInstanceOf(MalformedException.class)
                .hasMessage("report.ports[2].port: expected integer");
        assertThatThrownBy(() -> read("\"reads\": 2", "\"reads\": -2"))
                .hasMessage("report.missing[0].reads: expected integer of at least 0");
        assertThatThrownBy(() -> read("\"reads\": 2", "\"reads\": 2e99"))
                .hasMessage("report.missing[0].reads: expected integer");
        assertThatThrownBy(() -> read("\"UNCHANGED\"", "\"GUESSED\""))
                .hasMessage("report.document.reading: expected one of [FRESH, UNCHANGED, UNKNOWN]");
        assertThatThrownBy(() -> read("2026-11-20T", "yesterday "))
                .hasMessage("report.sentAt: expected time in ISO-8601");
        assertThatThrownBy(() -> read("\"healthy\": true,", ""))
                .hasMessage("report.health.healthy: missing");
        assertThatThrownBy(() -> read("\"quietMs\": 1500", "\"quietMs\": -1"))
                .hasMessage("report.quietMs: expected milliseconds of at least 0");
        assertThatThrownBy(() -> read("\"remaining\": 10", "\"remaining\": 0"))
                .hasMessage("report.calm[1].remaining: expected integer of at least 1");
        assertThatThrownBy(() -> read("\"lastingMs\": 4500", "\"lasting\": \"PT4.5S\""))
                .hasMessage("report.calm[0].lastingMs: missing");
    }

    @Test
    void aTextThatIsNoReportIsMalformed() {
        for (String text : List.of("", "[]", "{", "{}", "nonsense", "{\"a\":1} {}")) {
            assertThatThrownBy(() -> ReportJson.read(text.getBytes(UTF_8)))
                    .as(text)
                    .isInstanceOf(MalformedException.class)
                    .hasMessageStartingWith("report");
        }
    }

    private static Report read(String from, String to) {
        String golden = new String(Golden.bytes("report.json"), UTF_8);
        assertThat(golden).contains(from);
        return ReportJson.read(golden.replace(from, to).getBytes(UTF_8));
    }
}
