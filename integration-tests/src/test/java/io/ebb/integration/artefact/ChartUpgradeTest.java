package io.ebb.integration.artefact;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.Fleet;
import io.ebb.demo.fleet.OperatorApi;
import io.ebb.demo.fleet.Pace;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Mix;
import io.ebb.demo.load.OpenLoop;
import io.ebb.integration.container.NeedsDocker;
import io.ebb.integration.scenario.Grounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The pod that the chart renders drains a VM, though it is replaced half-way by an upgrade. */
@NeedsDocker
@Timeout(600)
class ChartUpgradeTest {
    private static final String VICTIM = "web-1";
    private static final List<String> QUICK_AGENTS =
            List.of("--poll", "300ms", "--health-every", "300ms");
    private static final String ENROLL = "java -jar /opt/ebb/ebb-orchestrator.jar enroll ";

    @TempDir private Path folder = Path.of("");
    private final Grounds grounds = Grounds.take("chart-upgrade");
    private final String volumes = "ebb-test-" + UUID.randomUUID() + "-";

    @AfterEach
    void stop() {
        grounds.close();
        DockerClientFactory.instance().client().removeVolumeCmd(claim()).exec();
    }

    @Test
    void aVmThatDrainsDuringAnUpgradeIsDrainedByTheNewPodAndNoRequestFails() throws Exception {
        var image = Images.of("orchestrator");
        var simulator =
                Simulator.start(
                        grounds.house(),
                        grounds.children(),
                        grounds.site(),
                        "fleet",
                        true,
                        false,
                        Pace.BRISK);
        var before = Chart.render(values(image, simulator));
        var after = Chart.render(changed(values(image, simulator)));
        assertThat(deployment(after).at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(checksum(after)).as("what makes it an upgrade").isNotEqualTo(checksum(before));

        try (var old = Pod.start(before, folder, volumes)) {
            var api = enroll(old, simulator);
            try (var load = OpenLoop.start(grounds.site().frontend(), Mix.brief())) {
                soon(
                        "every VM serves",
                        () -> load.soFar().servedBy().keySet().containsAll(Site.VMS));
                var event =
                        simulator.announce(
                                "Reboot", VICTIM, Duration.ofMinutes(5), Duration.ofSeconds(1));
                soon("it drains", () -> !simulator.inRotation(VICTIM));
                var drain = only(api.drains());

                assertThat(old.stop()).as("ended in order").isEqualTo(143);
                assertThat(simulator.event(event).approvedAt()).isEmpty();
                assertThat(drain.path("closedAt").isTextual()).isFalse();
                assertThat(simulator.inRotation(VICTIM)).as("while no pod runs").isFalse();
                try (var _ = Pod.start(after, folder, volumes)) {
                    soon("the event is over", () -> simulator.event(event).goneAt().isPresent());
                    soon("it is in rotation", () -> simulator.inRotation(VICTIM));
                    soon("its drain is closed", () -> isClosed(only(api.drains())));
                    var closed = only(api.drains());
                    assertThat(closed.path("id")).isEqualTo(drain.path("id"));
                    assertThat(closed.path("outcome").asText()).isEqualTo("back in rotation");
                    assertThat(simulator.event(event).approvedAt()).isPresent();
                    var back = Instant.now();
                    soon(
                            "it serves again",
                            () -> load.soFar().served(VICTIM, back, Instant.MAX) > 0);
                    var result = load.stop();
                    assertThat(result.requests()).isGreaterThan(100);
                    assertThat(result.failures()).isEmpty();
                    System.out.printf(
                            "%d requests while the chart was upgraded, none failed%n",
                            result.requests());
                }
            }
        }
    }

    /** Enrols and starts the agents as the chart's notes say, and gives the operator's API. */
    private OperatorApi enroll(Pod pod, Simulator simulator)
            throws IOException, InterruptedException {
        var printed = pod.exec((ENROLL + String.join(" ", Site.VMS)).split(" ", -1));
        var joins =
                printed.lines()
                        .filter(line -> line.startsWith("EBB_JOIN="))
                        .map(line -> line.substring("EBB_JOIN=".length()))
                        .toList();
        assertThat(joins)
                .hasSameSizeAs(Site.VMS)
                .allMatch(join -> join.startsWith(pod.url() + "#"));
        for (int i = 0; i < joins.size(); i++) {
            Fleet.install(
                    simulator,
                    grounds.house(),
                    grounds.site(),
                    Site.VMS.get(i),
                    joins.get(i),
                    QUICK_AGENTS);
        }
        simulator.awaitRotation();
        var fingerprint = joins.getFirst().replaceAll(".*#([0-9A-Fa-f]+)\\..*", "$1");
        return OperatorApi.at(
                pod.url(),
                fingerprint,
                pod.exec("cat", "/var/lib/ebb/data/operator.token").strip());
    }

    private JsonNode values(String image, Simulator simulator) {
        var site = grounds.site();
        return Yaml.read(
                """
                image: { repository: %s, tag: "%s" }
                mode: enforce
                port: %d
                publicNames: [127.0.0.1]
                azure:
                  subscription: 11111111-2222-3333-4444-555555555555
                  resourceGroups: [rg]
                  endpoint: https://127.0.0.1:%d
                  authority: https://127.0.0.1:%d
                  caFile: /etc/ebb/arm.pem
                  healthAge: 1s
                policy: { quiet: 5s, healthy: 1 }
                workloadIdentity: { enabled: false }
                extraEnv:
                  - { name: EBB_HOST, value: 127.0.0.1 }
                  - { name: AZURE_TENANT_ID, value: 66666666-7777-8888-9999-000000000000 }
                  - { name: AZURE_CLIENT_ID, value: 77777777-8888-9999-0000-111111111111 }
                  - { name: AZURE_CLIENT_SECRET, value: simulated }
                extraVolumes:
                  - { name: arm, hostPath: { path: "%s" } }
                extraVolumeMounts:
                  - { name: arm, mountPath: /etc/ebb/arm.pem, readOnly: true }
                """
                        .formatted(
                                image.substring(0, image.lastIndexOf(':')),
                                image.substring(image.lastIndexOf(':') + 1),
                                site.orchestratorPort(),
                                site.armPort(),
                                site.armPort(),
                                simulator.certificate()));
    }

    private static JsonNode changed(JsonNode values) {
        return Yaml.joined(values, Yaml.read("policy: { longest-drain: 9m }"));
    }

    private static String checksum(Manifests manifests) {
        return deployment(manifests)
                .at("/spec/template/metadata/annotations/checksum~1config")
                .asText();
    }

    private static JsonNode deployment(Manifests manifests) {
        return manifests.documents().stream()
                .filter(document -> document.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow();
    }

    /** The volume of the chart's claim. */
    private String claim() {
        return volumes + "ebb-ebb-orchestrator";
    }

    private static JsonNode only(List<JsonNode> drains) {
        assertThat(drains).hasSize(1);
        return drains.getFirst();
    }

    private static boolean isClosed(JsonNode drain) {
        return drain.path("closedAt").isTextual();
    }
}
