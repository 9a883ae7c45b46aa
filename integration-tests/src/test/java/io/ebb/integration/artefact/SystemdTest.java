package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.settings.Settings;
import io.ebb.demo.fleet.House;
import io.ebb.orchestrator.policy.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** systemd understands the units, and finds little that the services may do. */
@Timeout(60)
class SystemdTest {
    private static final Pattern VARIABLE = Pattern.compile("^#?(EBB_[A-Z_]+)=", Pattern.MULTILINE);

    /** A setting's row of the page of the settings. */
    private static final Pattern ROW =
            Pattern.compile("^\\| `ebb\\.[^`]+` \\| `(EBB_[A-Z_]+)` \\|", Pattern.MULTILINE);

    /** As {@code --threshold} has it: ten times the exposure. */
    private static final int MOST_EXPOSED = 20;

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"ebb-orchestrator.service", "ebb-agent.service"})
    void systemdVerifiesTheUnit(String unit) throws Exception {
        Systemd.need();
        assertThat(verify(unit)).isEqualTo(new Systemd.Said(0, ""));
    }

    @Test
    void systemdFindsADirectiveThatIsNone() throws Exception {
        Systemd.need();
        var copy = Systemd.copy("ebb-agent.service", folder);
        Files.writeString(copy, Files.readString(copy).replace("NoNewPrivileges", "NoPrivileges"));
        assertThat(Systemd.analyze("verify", "--man=no", copy.toString()).text())
                .contains("NoPrivileges");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ebb-orchestrator.service", "ebb-agent.service"})
    void theServicesExposureIsAtMostTwo(String unit) throws Exception {
        Systemd.need();
        var judged = exposure(Systemd.copy(unit, folder));
        assertThat(judged.status()).as(judged.text()).isZero();
        assertThat(judged.text()).contains("Overall exposure level for " + unit);
    }

    @Test
    void aUnitThatIsNotHardenedIsExposedMore() throws Exception {
        Systemd.need();
        var bare =
                Files.writeString(
                        folder.resolve("bare.service"), "[Service]\nExecStart=/bin/true\n");
        assertThat(exposure(bare).status()).isNotZero();
    }

    private Systemd.Said verify(String unit) throws Exception {
        return Systemd.analyze("verify", "--man=no", Systemd.copy(unit, folder).toString());
    }

    private static Systemd.Said exposure(Path unit) throws Exception {
        return Systemd.analyze(
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=" + MOST_EXPOSED,
                unit.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ebb-orchestrator.service", "ebb-agent.service"})
    void theJvmMayStillCompile(String unit) throws IOException {
        assertThat(lines(unit)).noneMatch(line -> line.startsWith("MemoryDenyWriteExecute"));
    }

    @Test
    void theAgentSeesTheIdOfTheBootAndTheConnections() throws IOException {
        assertThat(lines("ebb-agent.service"))
                .as("hides /proc/sys/kernel/random/boot_id")
                .noneMatch(line -> line.startsWith("ProcSubset"))
                .as("would have no connections but its own")
                .noneMatch(line -> line.startsWith("PrivateNetwork"));
    }

    @Test
    void wrongSettingsAreNotTriedAgainAndEverythingElseIs() throws IOException {
        assertThat(lines("ebb-agent.service"))
                .contains(
                        "Restart=always", "RestartPreventExitStatus=2", "StartLimitIntervalSec=0");
        assertThat(lines("ebb-orchestrator.service"))
                .as("a database that is away ends it with 2, too")
                .contains("Restart=always", "StartLimitIntervalSec=0")
                .noneMatch(line -> line.startsWith("RestartPreventExitStatus"));
    }

    private static List<String> lines(String unit) throws IOException {
        return Systemd.text(unit).lines().toList();
    }

    @Test
    void theAgentsExampleSetsWhatTheAgentKnows() throws IOException {
        assertThat(variables("agent.env"))
                .contains("EBB_JOIN")
                .allSatisfy(name -> assertThat(Settings.help()).contains("(" + name + ","));
    }

    @Test
    void theOrchestratorsExampleSetsWhatTheOrchestratorKnows() throws IOException {
        assertThat(variables("orchestrator.env"))
                .contains("EBB_AZURE_SUBSCRIPTION", "EBB_MODE", "EBB_POLICY_LONGEST_DRAIN")
                .isSubsetOf(known());
    }

    /** Those of the page of the settings, which is generated from the code, and the policy's. */
    private static Set<String> known() throws IOException {
        var page = Files.readString(House.here().root().resolve("docs/configuration.md"));
        var known =
                ROW.matcher(page.substring(0, page.indexOf("## The agent")))
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toCollection(HashSet::new));
        assertThat(known).hasSizeGreaterThan(20);
        for (var setting : Setting.values()) {
            known.add("EBB_POLICY_" + setting.key().toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        return known;
    }

    private static List<String> variables(String file) throws IOException {
        return VARIABLE.matcher(Systemd.text(file)).results().map(v -> v.group(1)).toList();
    }
}
