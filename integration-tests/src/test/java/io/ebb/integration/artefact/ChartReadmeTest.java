package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chart's README explains every value with its default; the notes say how to go on. */
@Timeout(60)
class ChartReadmeTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([^`]+)` \\| (.+?) \\|.*\\|$", Pattern.MULTILINE);

    private static final String NOT_HERE = "It must not run on a VM that it drains";

    @Test
    void theTableHasEveryValueAndNoOther() throws IOException {
        assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(Chart.paths());
    }

    @Test
    void theTableGivesTheDefaults() throws IOException {
        var values = Yaml.read(Chart.FOLDER.resolve("values.yaml"));
        table().forEach((path, byDefault) -> {
            var value = values.at("/" + path.replace(".", "/"));
            if (value.isValueNode()) {
                var text = value.asText();
                assertThat(byDefault)
                        .as(path)
                        .isEqualTo(text.isEmpty() ? "none" : "`" + text + "`");
            } else if (value.isEmpty()) {
                assertThat(byDefault).as(path).isEqualTo("none");
            } else {
                assertThat(byDefault).as(path).isNotEqualTo("none");
            }
        });
    }

    private static Map<String, String> table() throws IOException {
        return ROW.matcher(Files.readString(Chart.FOLDER.resolve("README.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    }

    @Test
    void readmeAndNotesSayWhereItMustNotRun() throws IOException {
        assertThat(Files.readString(Chart.FOLDER.resolve("README.md"))).contains(NOT_HERE);
        for (var values : Chart.valueSets()) {
            assertThat(Chart.render(Yaml.read(values)).notes()).contains(NOT_HERE);
        }
    }

    @Test
    void theNotesSayHowToGetTheTokenAndHowToEnrol() {
        assertThat(Chart.render("least").notes())
                .contains(
                        "helm test -n drains ebb",
                        "kubectl exec -n drains deploy/ebb-ebb-orchestrator -- cat"
                                + " /var/lib/ebb/data/operator.token",
                        "kubectl exec -n drains deploy/ebb-ebb-orchestrator -- java -jar"
                                + " /opt/ebb/ebb-orchestrator.jar enroll web-1");
        assertThat(Chart.render("replicas").notes())
                .contains("only as long as that pod lives", "app.kubernetes.io/component");
    }

    @Test
    void theNotesSayHowAgentsReachIt() {
        assertThat(Chart.render("least").notes())
                .contains(
                        "https://ebb-ebb-orchestrator.drains.svc:8400",
                        "VMs outside of the cluster do not know that name",
                        "The Service is a ClusterIP",
                        "workloadIdentity.clientId is not set");
        assertThat(Chart.render("policy").notes())
                .contains("report to https://ebb.example:8400.")
                .doesNotContain("VMs outside of the cluster", "clientId is not set");
        assertThat(Chart.render("load-balancer").notes())
                .contains("report to https://ebb.example.")
                .doesNotContain("ClusterIP");
    }

    @Test
    void theNotesSayWhatTheModeMeans() {
        assertThat(List.of("least", "policy"))
                .extracting(name -> Chart.render(name).notes().lines().findFirst().orElseThrow())
                .containsExactly(
                        "Ebb's orchestrator is in mode observe: it decides and records, and touches"
                                + " nothing.",
                        "Ebb's orchestrator is in mode enforce.");
    }
}
