package io.ebb.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.agent.connections.Cidr;
import io.ebb.agent.health.HealthTarget;
import io.ebb.agent.hook.HookAction;
import io.ebb.agent.probe.ProbeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class SettingsTest {
    private static final String PRINT = "0123456789abcdef".repeat(4);
    private static final String JOIN = "https://ebb:8400#" + PRINT + ".web-1.s3cret";
    private static final Map<String, String> JOINED = Map.of("EBB_JOIN", JOIN);

    @TempDir Path folder;

    @Test
    @DisplayName("edge case 2: the first answer is awaited for 150 s unless told otherwise")
    void everythingButTheJoinHasADefault() throws SettingsException {
        assertThat(Settings.read(List.of(), JOINED))
                .isEqualTo(
                        new Settings(
                                new Join(
                                        List.of(URI.create("https://ebb:8400")),
                                        PRINT,
                                        "web-1.s3cret"),
                                URI.create("http://169.254.169.254"),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(150),
                                List.of(),
                                List.of(Cidr.of("168.63.129.16"), Cidr.of("fe80::/10")),
                                List.of(22),
                                Duration.ofSeconds(1),
                                new HealthTarget.WatchedPorts(),
                                Duration.ofSeconds(1),
                                Optional.of(
                                        new ProbeAddress(
                                                InetAddress.ofLiteral("0.0.0.0"),
                                                8090,
                                                "/healthz")),
                                Duration.ofMinutes(15),
                                Optional.of(Duration.ofSeconds(30)),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(30),
                                Path.of("/proc/sys/kernel/random/boot_id")));
    }

    @Test
    void aFlagWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path file = folder.resolve("agent.conf");
        Files.writeString(
                file,
                """
                # printed by enroll
                EBB_JOIN=%s

                poll=2s
                report = 20s
                count-every=5s
                health-every=3s
                """
                        .formatted(JOIN));
        Settings settings =
                Settings.read(
                        List.of("--settings", file.toString(), "--poll=4s"),
                        Map.of("EBB_POLL", "3s", "EBB_REPORT", "30s"));

        assertThat(settings.poll()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.report()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.countEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.healthEvery()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.join().token()).isEqualTo("web-1.s3cret");
    }

    @Test
    void readsEveryForm() throws SettingsException {
        Settings settings =
                read(
                        "--metadata http://127.0.1.1:8169",
                        "--watch-addresses 127.0.1.1, ::1",
                        "--ignore-sources ",
                        "--exclude-ports 22, 9100",
                        "--health http://127.0.1.1:8080/health",
                        "--probe [::]:8091/up",
                        "--drain-hook POST http://127.0.1.1:8080/admin/drain",
                        "--undrain-hook systemctl reload app",
                        "--hook-timeout 250ms",
                        "--probe-lapse 1h");

        assertThat(settings.watchAddresses())
                .containsExactly(InetAddress.ofLiteral("127.0.1.1"), InetAddress.ofLiteral("::1"));
        assertThat(settings.ignoreSources()).isEmpty();
        assertThat(settings.excludePorts()).containsExactly(22, 9100);
        assertThat(read("--exclude-ports ").excludePorts()).isEmpty();
        assertThat(settings.health())
                .isEqualTo(new HealthTarget.Url(URI.create("http://127.0.1.1:8080/health")));
        assertThat(settings.probe())
                .contains(new ProbeAddress(InetAddress.ofLiteral("::"), 8091, "/up"));
        assertThat(settings.drainHook())
                .contains(
                        new HookAction.Call(
                                "POST", URI.create("http://127.0.1.1:8080/admin/drain")));
        assertThat(settings.undrainHook()).contains(new HookAction.Command("systemctl reload app"));
        assertThat(read("--probe off").probe()).isEmpty();
        assertThat(read("--health tcp:81").health()).isEqualTo(new HealthTarget.Port(81));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--poll 1 | --poll: expected a time above zero such as 250ms, 5s, 2m or 1h,"
                        + " not '1'",
                "--report 0s | --report: expected a time",
                "--metadata https://x | --metadata: expected a URL that begins with http://",
                "--watch-addresses web-1 | --watch-addresses: expected addresses",
                "--ignore-sources 10.0.0.0/99 | --ignore-sources: expected ranges",
                "--exclude-ports 22,ssh | --exclude-ports: expected a port from 1 to 65535, not"
                        + " '22,ssh'",
                "--health https://x/ | --health: expected tcp, tcp:PORT or a URL",
                "--health tcp:0 | --health: expected a port from 1 to 65535, not 'tcp:0'",
                "--probe 8090 | --probe: expected IP:PORT/PATH or off, not '8090'",
                "--probe x:8090/ | --probe: expected addresses",
                "--drain-hook POST https://x/ | --drain-hook: expected a URL that begins with http",
                "--settings /no/such/file | --settings: reading /no/such/file: ",
                "--polls 1s | --polls: there is no such flag; see --help",
                "--poll | --poll: its value is missing",
            })
    void anErrorNamesTheSetting(String flags, String message) {
        assertThatThrownBy(() -> read(flags))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--poll=20s | --poll (20s) is longer than --report (10s)",
                "--count-every=11s | --count-every (11s) is longer than --report (10s)",
                "--health-every=11s | --health-every (11s) is longer than --report (10s)",
                "--probe-lapse=5s | --report (10s) is longer than --probe-lapse (5s)",
                "--health=tcp:8090 | --health (tcp:8090) checks the port that the agent serves in"
                        + " --probe (0.0.0.0:8090/healthz)",
            })
    void settingsThatContradictEachOtherAreBothNamed(String flag, String message) {
        assertThatThrownBy(() -> Settings.read(List.of(flag), JOINED)).hasMessage(message);
    }

    @Test
    void anAgentMayJoinSeveralReplicas() throws SettingsException {
        var join = Map.of("EBB_JOIN", "https://a:8400, https://b:8400#" + PRINT + ".web-1.s3cret");
        assertThat(Settings.read(List.of(), join).join())
                .isEqualTo(
                        new Join(
                                List.of(URI.create("https://a:8400"), URI.create("https://b:8400")),
                                PRINT,
                                "web-1.s3cret"))
                .hasToString("https://a:8400,https://b:8400#" + PRINT + ".(token)");
        assertThatThrownBy(() ->
                        Settings.read(
                                List.of(),
                                Map.of("EBB_JOIN", "https://a:8400,b#" + PRINT + ".s3cret")))
                .hasMessage("EBB_JOIN: expected a URL that begins with https://, not 'b'");
        assertThatThrownBy(() ->
                        Settings.read(List.of(), Map.of("EBB_JOIN", " , #" + PRINT + ".s3cret")))
                .hasMessageStartingWith("EBB_JOIN: expected https://host:port#");
    }

    @Test
    void aComplaintAboutTheJoinNeverRepeatsTheSecret() throws SettingsException {
        assertThatThrownBy(
                        () -> Settings.read(List.of(), Map.of("EBB_JOIN", "https://x#12.s3cret")))
                .hasMessageStartingWith("EBB_JOIN: expected https://host:port#")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Settings.read(List.of(), Map.of("EBB_JOIN", JOIN.substring(8))))
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Settings.read(List.of(), Map.of()))
                .hasMessage("--join: is missing; 'ebb-orchestrator enroll VM' prints it");
        assertThat(Settings.read(List.of(), JOINED).toString()).doesNotContain("s3cret");
    }

    @Test
    void aFileWithAnUnknownSettingIsRefusedByItsLine() throws IOException {
        Path file = folder.resolve("agent.conf");
        Files.writeString(file, "poll=1s\npol=1s\n");

        assertThatThrownBy(() -> Settings.read(List.of("--settings=" + file), JOINED))
                .hasMessage(file + ":2 pol: no such setting");
    }

    @Test
    void helpListsEverySettingWithItsDefault() {
        for (Option option : Option.values()) {
            assertThat(Settings.help())
                    .contains(option.flag() + " ")
                    .contains(option.variable() + ", default: " + option.fallback);
        }
    }

    private static Settings read(String... flags) throws SettingsException {
        List<String> split =
                List.of(flags).stream()
                        .flatMap(flag -> List.of(flag.split(" ", 2)).stream())
                        .toList();
        return Settings.read(split, JOINED);
    }
}
