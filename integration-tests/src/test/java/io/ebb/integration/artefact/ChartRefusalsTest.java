package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be meant is not installed, and the message says why. */
@Timeout(60)
class ChartRefusalsTest {
    @Test
    void twoReplicasWithoutPostgresqlAreRefused() {
        assertThat(Chart.refusal("replicaCount: 2"))
                .contains(
                        "replicaCount is 2 but database.existingSecret is not set",
                        "an H2 file, which two processes must not share");
    }

    @Test
    void twoReplicasWithoutACommonCertificateAreRefused() {
        assertThat(Chart.refusal("{replicaCount: 2, database: {existingSecret: db}}"))
                .contains(
                        "replicaCount is 2 but tls.existingSecret is not set",
                        "an agent trusts exactly one");
    }

    @Test
    void aVolumeThatWouldNotBeUsedIsRefused() {
        assertThat(
                        Chart.refusal(
                                "{replicaCount: 2, database: {existingSecret: db},"
                                        + " tls: {existingSecret: tls},"
                                        + " persistence: {existingClaim: mine}}"))
                .contains("only a single replica has a volume");
    }

    @Test
    void anAnnotationOfAServiceAccountThatIsNotMadeIsRefused() {
        assertThat(
                        Chart.refusal(
                                "{serviceAccount: {create: false},"
                                        + " workloadIdentity: {clientId: some}}"))
                .contains("cannot annotate the service account");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: {repository: ''}            | image.repository is missing",
                "azure: {subscription: ''}          | azure.subscription is missing",
                "azure: {resourceGroups: []}        | neither azure.resourceGroups nor azure.tag",
                "azure: {authority: 'https://a.b'}  | azure.endpoint is not: set both or neither",
            })
    void whatCannotBeGuessedIsAskedFor(String change, String message) {
        assertThat(Chart.refusal(change.strip())).contains(message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicaCount: two                  | at '/replicaCount': got string, want integer",
                "replicaCount: -1                   | at '/replicaCount': minimum",
                "replicas: 2                        | additional properties 'replicas' not allowed",
                "image: {registry: mine}            | additional properties 'registry' not allowed",
                "image: {digest: latest}            | at '/image/digest'",
                "mode: dry-run                      | at '/mode'",
                "port: 443                          | at '/port'",
                "publicNames: ebb.example           | at '/publicNames': got string, want array",
                "azure: {resourceGroups: rg}        | at '/azure/resourceGroups'",
                "azure: {endpoint: 'http://a.b'}    | at '/azure/endpoint'",
                "policy: {longestDrain: 5m}         | additional properties 'longestDrain'",
                "policy: {longest-drain: 5}         | at '/policy/longest-drain'",
                "policy: {strategy: remove}         | additional properties 'strategy' not allowed",
                "policy: {minimum: 150%}            | at '/policy/minimum'",
                "pools: {web: {healthy: 3}}         | additional properties 'healthy' not allowed",
                "pools: {Web: {minimum: 1}}         | 'Web' does not match pattern",
                "rules: {a: {minimum: 1}}           | additional properties 'minimum' not allowed",
                "rules: {a: {types: [restart]}}     | at '/rules/a/types",
                "workloadIdentity: {tokenExpirationSeconds: 60} | at '/workloadIdentity/token",
                "podAnnotations: {a: 1}             | at '/podAnnotations/a'",
                "securityContext: {runAsRoot: true} | additional properties 'runAsRoot'",
                "extraEnv: {A: b}                   | at '/extraEnv': got object, want array",
                "extraEnv: [{value: b}]             | missing property 'name'",
                "service: {type: ExternalName}      | at '/service/type'",
                "persistence: {size: 1 GB}          | at '/persistence/size'",
            })
    void theSchemaRefusesWhatIsNoValue(String change, String message) {
        assertThat(Chart.refusal(change.strip())).contains(message.strip());
    }
}
