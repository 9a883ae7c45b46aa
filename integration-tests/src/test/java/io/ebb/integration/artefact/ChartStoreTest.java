package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.kubernetes.client.openapi.models.V1Volume;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the ledger is, how many replicas it allows, and whom the pod may talk to. */
// Kubernetes calls every field nullable; one that is missing ends the test all the same.
@SuppressWarnings("NullAway")
@Timeout(60)
class ChartStoreTest {
    @Test
    void byDefaultOneReplicaKeepsItsLedgerOnAVolumeThatOutlivesTheRelease() {
        var manifests = Chart.render("least");
        var claim = manifests.the(V1PersistentVolumeClaim.class);
        assertThat(claim.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep");
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        assertThat(claim.getSpec().getResources().getRequests())
                .containsEntry("storage", Quantity.fromString("1Gi"));
        assertThat(claimOf(manifests)).hasValue(claim.getMetadata().getName());
        assertThat(manifests.variable("EBB_DATA")).hasValue("/var/lib/ebb/data");
        assertThat(manifests.orchestrator().getVolumeMounts())
                .anySatisfy(mount -> {
                    assertThat(mount.getName()).isEqualTo("data");
                    assertThat(mount.getMountPath()).isEqualTo("/var/lib/ebb");
                });
        var spec = manifests.the(V1Deployment.class).getSpec();
        assertThat(spec.getReplicas()).isEqualTo(1);
    }

    @Test
    void theOldProcessEndsBeforeTheNewOneOpensTheFile() {
        for (var name : List.of("least", "postgresql", "bare")) {
            var spec = Chart.render(name).the(V1Deployment.class).getSpec();
            assertThat(spec.getStrategy().getType()).isEqualTo("Recreate");
        }
    }

    @Test
    void aClaimThatIsThereIsUsedAndNoneIsMade() {
        var manifests = Chart.render("bare");
        assertThat(manifests.find(V1PersistentVolumeClaim.class)).isEmpty();
        assertThat(claimOf(manifests)).hasValue("ebb-data");
    }

    @Test
    void theDatabasesSecretIsReferredToAndItsValuesAreNowhere() {
        var manifests = Chart.render("postgresql");
        assertThat(references(manifests))
                .containsExactly(
                        "EBB_DATABASE_URL=ebb-database/jdbc-url",
                        "EBB_DATABASE_USERNAME=ebb-database/username",
                        "EBB_DATABASE_PASSWORD=ebb-database/password");
        assertThat(references(Chart.render("least"))).isEmpty();
        var claim = manifests.the(V1PersistentVolumeClaim.class);
        assertThat(claim.getMetadata().getAnnotations()).containsOnlyKeys("backup.example/policy");
        assertThat(claim.getSpec().getStorageClassName()).isEqualTo("managed-csi");
    }

    @Test
    void severalReplicasShareACertificateAndADatabaseAndNoVolume() {
        var manifests = Chart.render("replicas");
        var spec = manifests.the(V1Deployment.class).getSpec();
        assertThat(spec.getReplicas()).isEqualTo(2);
        assertThat(spec.getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(manifests.find(V1PersistentVolumeClaim.class)).isEmpty();
        assertThat(claimOf(manifests)).isEmpty();
        assertThat(manifests.variable("EBB_TLS_KEY_STORE")).hasValue("/etc/ebb/tls/server.p12");
        assertThat(references(manifests))
                .contains(
                        "EBB_DATABASE_URL=ebb-database/url",
                        "EBB_TLS_KEY_STORE_PASSWORD=ebb-tls/password");
        assertThat(manifests.pod().getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("ebb-tls");
                    assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
                });
        assertThat(manifests.pod().getTopologySpreadConstraints())
                .extracting(V1TopologySpreadConstraint::getTopologyKey)
                .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
    }

    @Test
    void onlySeveralReplicasHaveADisruptionBudget() {
        var budget = Chart.render("replicas").the(V1PodDisruptionBudget.class).getSpec();
        assertThat(budget.getMaxUnavailable().getStrValue()).isEqualTo("50%");
        for (var name : List.of("least", "postgresql", "bare")) {
            assertThat(Chart.render(name).find(V1PodDisruptionBudget.class)).isEmpty();
        }
    }

    @Test
    void theNetworkPolicyLetsAgentsInAndOnlyWhatIsNeededOut() {
        var least = Chart.render("least").the(V1NetworkPolicy.class).getSpec();
        assertThat(least.getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(least.getIngress()).hasSize(1);
        assertThat(least.getIngress().getFirst().getFrom()).isNullOrEmpty();
        assertThat(out(Chart.render("least"))).containsExactly("53", "53", "443");
        assertThat(out(Chart.render("postgresql"))).containsExactly("53", "53", "443", "6432");
        assertThat(out(Chart.render("node-identity"))).containsExactly("53", "53", "443", "80");
        assertThat(out(Chart.render("load-balancer"))).endsWith("8443");
        assertThat(Chart.render("bare").find(V1NetworkPolicy.class)).isEmpty();
    }

    @Test
    void wherePeersAreNamedThePodOfTheTestIsAmongThemAndTheOrchestratorIsNot() {
        var manifests = Chart.render("load-balancer");
        var ingress = manifests.the(V1NetworkPolicy.class).getSpec().getIngress();
        assertThat(ingress).hasSize(1);
        var peers = ingress.getFirst().getFrom();
        assertThat(peers).hasSize(3);
        var labels = peers.getLast().getPodSelector().getMatchLabels();
        assertThat(labels).hasSize(3);
        assertThat(manifests.the(V1Pod.class).getMetadata().getLabels())
                .containsAllEntriesOf(labels);
        var component = "app.kubernetes.io/component";
        var template = manifests.the(V1Deployment.class).getSpec().getTemplate();
        assertThat(template.getMetadata().getLabels().get(component))
                .isNotNull()
                .isNotEqualTo(labels.get(component));
    }

    private static List<String> out(Manifests manifests) {
        return manifests.the(V1NetworkPolicy.class).getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(V1NetworkPolicyPort::getPort)
                .map(port -> Objects.requireNonNull(port).toString())
                .toList();
    }

    private static Optional<String> claimOf(Manifests manifests) {
        return manifests.pod().getVolumes().stream()
                .map(V1Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(claim -> claim.getClaimName())
                .findFirst();
    }

    /** {@code VARIABLE=secret/key}. */
    private static List<String> references(Manifests manifests) {
        return manifests.orchestrator().getEnv().stream()
                .flatMap(variable ->
                        Stream.ofNullable(variable.getValueFrom())
                                .map(from -> from.getSecretKeyRef())
                                .map(key ->
                                        variable.getName()
                                                + "="
                                                + key.getName()
                                                + "/"
                                                + key.getKey()))
                .toList();
    }
}
