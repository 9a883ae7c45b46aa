package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1HTTPGetAction;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What matters of the pod: what it may do, how it is watched, how it is found. */
// Kubernetes calls every field nullable; one that is missing ends the test all the same.
@SuppressWarnings("NullAway")
@Timeout(60)
class ChartShapeTest {
    static List<Path> valueSets() {
        return Chart.valueSets();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void noContainerMayDoMoreThanItNeeds(Path values) {
        var manifests = Chart.render(Yaml.read(values));
        for (var pod : List.of(manifests.pod(), manifests.the(V1Pod.class).getSpec())) {
            assertRestricted(pod.getSecurityContext());
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getContainers())
                    .isNotEmpty()
                    .allSatisfy(container -> assertRestricted(container.getSecurityContext()));
        }
    }

    private static void assertRestricted(V1PodSecurityContext pod) {
        assertThat(pod.getRunAsNonRoot()).isTrue();
        assertThat(pod.getRunAsUser()).isPositive();
        assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getFsGroup()).as("the volume is writable").isEqualTo(pod.getRunAsGroup());
    }

    private static void assertRestricted(V1SecurityContext container) {
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getCapabilities().getAdd()).isNullOrEmpty();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void probesAskOverTlsAndOnlyReadinessAsksForMoreThanLife(Path values) {
        var container = Chart.render(Yaml.read(values)).orchestrator();
        assertThat(asked(container.getStartupProbe())).isEqualTo("HTTPS /health/liveness");
        assertThat(asked(container.getLivenessProbe())).isEqualTo("HTTPS /health/liveness");
        assertThat(asked(container.getReadinessProbe())).isEqualTo("HTTPS /health/readiness");
        var patience =
                container.getStartupProbe().getPeriodSeconds()
                        * container.getStartupProbe().getFailureThreshold();
        assertThat(patience).as("seconds to start").isGreaterThanOrEqualTo(60);
    }

    private static String asked(V1Probe probe) {
        V1HTTPGetAction get = probe.getHttpGet();
        assertThat(get.getPort().getStrValue()).isEqualTo("https");
        return get.getScheme() + " " + get.getPath();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void theServiceFindsTheOrchestratorAndNotTheTest(Path values) {
        var manifests = Chart.render(Yaml.read(values));
        var selector = manifests.the(V1Service.class).getSpec().getSelector();
        var deployment = manifests.the(V1Deployment.class).getSpec();
        assertThat(deployment.getSelector().getMatchLabels()).isEqualTo(selector);
        assertThat(deployment.getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(selector);
        assertThat(manifests.the(V1Pod.class).getMetadata().getLabels().entrySet())
                .doesNotContainAnyElementsOf(
                        Map.of("app.kubernetes.io/component", "orchestrator").entrySet());
        var port = manifests.settings().path("port").asInt();
        assertThat(manifests.the(V1Service.class).getSpec().getPorts())
                .singleElement()
                .satisfies(served -> assertThat(served.getPort()).isEqualTo(port));
        assertThat(manifests.orchestrator().getPorts())
                .extracting(V1ContainerPort::getContainerPort)
                .containsExactly(port);
    }

    @Test
    void aChangedSettingStartsThePodAnew() {
        var changed = Yaml.joined(Chart.values("least"), Yaml.read("policy: {quiet: 20s}"));
        assertThat(checksum(Chart.render(changed))).isNotEqualTo(checksum(Chart.render("least")));
        assertThat(checksum(Chart.render("least"))).matches("[0-9a-f]{64}");
    }

    private static String checksum(Manifests manifests) {
        return String.valueOf(
                manifests
                        .the(V1Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations()
                        .get("checksum/config"));
    }

    @Test
    void theTestReachesTheServiceByTlsAndChecksAzureWithTheSameSettings() {
        var manifests = Chart.render("least");
        var pod = manifests.the(V1Pod.class);
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("helm.sh/was-hook", "test");
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        var containers = pod.getSpec().getContainers();
        assertThat(containers).extracting(V1Container::getName).containsExactly("reach", "check");
        assertThat(words(containers.getFirst()))
                .containsExactly(
                        "keytool",
                        "-printcert",
                        "-sslserver",
                        "ebb-ebb-orchestrator.drains.svc:8400");
        assertThat(words(containers.getLast())).endsWith("check");
        assertThat(containers.getLast().getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/etc/ebb/ebb.yml"));
        assertThat(Chart.render("bare").the(V1Pod.class).getSpec().getContainers()).hasSize(1);
    }

    private static List<String> words(V1Container container) {
        return Stream.concat(container.getCommand().stream(), container.getArgs().stream())
                .toList();
    }
}
