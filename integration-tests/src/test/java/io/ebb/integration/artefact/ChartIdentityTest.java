package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who the pod is to Azure, and where Kubernetes may put it. */
// Kubernetes calls every field nullable; one that is missing ends the test all the same.
@SuppressWarnings("NullAway")
@Timeout(60)
class ChartIdentityTest {
    @Test
    void workloadIdentityLabelsThePodAndAnnotatesTheServiceAccount() {
        var manifests = Chart.render("policy");
        var pod = manifests.the(V1Deployment.class).getSpec().getTemplate().getMetadata();
        assertThat(pod.getLabels()).containsEntry("azure.workload.identity/use", "true");
        assertThat(pod.getAnnotations())
                .containsEntry("azure.workload.identity/service-account-token-expiration", "3600");
        assertThat(manifests.the(V1Pod.class).getMetadata().getLabels())
                .as("the test reads Azure, too")
                .containsEntry("azure.workload.identity/use", "true");
        var account = manifests.the(V1ServiceAccount.class);
        assertThat(account.getMetadata().getAnnotations())
                .containsEntry(
                        "azure.workload.identity/client-id", "22222222-2222-2222-2222-222222222222")
                .containsEntry(
                        "azure.workload.identity/tenant-id",
                        "33333333-3333-3333-3333-333333333333");
        assertThat(manifests.pod().getServiceAccountName())
                .isEqualTo(account.getMetadata().getName());
    }

    @Test
    void withoutWorkloadIdentityNothingSpeaksOfIt() {
        for (var name : List.of("node-identity", "client-secret", "bare")) {
            assertThat(Chart.render(name).documents().toString())
                    .doesNotContain("azure.workload.identity");
        }
        assertThat(Chart.render("node-identity").find(V1ServiceAccount.class)).isEmpty();
        assertThat(Chart.render("node-identity").pod().getServiceAccountName()).isEqualTo("ebb");
    }

    @Test
    void itIsPlacedWhereTheValuesSay() {
        var pod = Chart.render("scheduling").pod();
        assertThat(pod.getNodeSelector()).containsEntry("agentpool", "system");
        assertThat(pod.getTolerations()).hasSize(1);
        assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
        assertThat(pod.getTopologySpreadConstraints()).hasSize(1);
        assertThat(pod.getPriorityClassName()).isEqualTo("system-cluster-critical");
        assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(60);
        assertThat(pod.getImagePullSecrets()).hasSize(1);
        assertThat(pod.getContainers().getFirst().getImage())
                .matches("registry.example/ebb-orchestrator@sha256:[0-9a-f]{64}");
        var labels =
                Chart.render("scheduling")
                        .the(V1Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels();
        assertThat(labels)
                .containsEntry("team", "traffic")
                .containsEntry("app.kubernetes.io/name", "ebb-orchestrator");
    }
}
