package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ebb.orchestrator.policy.ContradictionException;
import io.ebb.orchestrator.policy.PolicyDocument;
import io.ebb.orchestrator.policy.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema knows every value, allows no other, and knows the policy as the orchestrator does. */
@Timeout(60)
class ChartSchemaTest {
    private static final JsonNode SCHEMA = Yaml.read(Chart.FOLDER.resolve("values.schema.json"));

    /** Objects whose fields Kubernetes defines, and which it is left to check. */
    private static final Set<String> FOREIGN =
            Set.of(
                    "/properties/global",
                    "/properties/affinity/properties/nodeAffinity",
                    "/properties/affinity/properties/podAffinity",
                    "/properties/affinity/properties/podAntiAffinity",
                    "/properties/extraVolumes/items");

    @Test
    void noObjectAllowsUnknownFieldsButKubernetesOwn() {
        var open = new TreeSet<String>();
        var objects = new ArrayList<String>();
        walk(
                "",
                SCHEMA,
                (path, node) -> {
                    if (node.path("type").asText().equals("object") || node.has("properties")) {
                        objects.add(path);
                        var others = node.path("additionalProperties");
                        // A map of anything that itself has a schema is closed, too.
                        if (!(others.isBoolean() && !others.asBoolean()) && !others.isObject()) {
                            open.add(path);
                        }
                    }
                });
        assertThat(open).isEqualTo(new TreeSet<>(FOREIGN));
        assertThat(objects).hasSizeGreaterThan(40);
    }

    private static void walk(String path, JsonNode node, BiConsumer<String, JsonNode> visit) {
        // "properties" is no schema but holds some, and one of them may be called "type".
        if (node.isObject() && !path.endsWith("/properties") && !path.endsWith("/definitions")) {
            visit.accept(path, node);
        }
        node.properties()
                .forEach(field -> walk(path + "/" + field.getKey(), field.getValue(), visit));
    }

    @Test
    void everyValueIsInTheSchemaWithItsMeaning() {
        for (var path : Chart.paths()) {
            var schema = SCHEMA.at("/properties/" + path.replace(".", "/properties/"));
            assertThat(schema.path("description").asText()).as(path).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "policy, /properties/policy",
        "pools, /definitions/pool",
        "rules, /definitions/rule",
    })
    void thePolicyHasExactlyTheSettingsOfTheOrchestrator(String section, String schema) {
        assertThat(fields(SCHEMA.at(schema + "/properties")))
                .containsExactlyInAnyOrderElementsOf(
                        List.of(Setting.values()).stream()
                                .map(Setting::key)
                                .filter(key -> mayStandIn(section, key))
                                .toList());
    }

    private static boolean mayStandIn(String section, String key) {
        var said = JsonNodeFactory.instance.objectNode();
        var place = said.putObject(section);
        (section.equals("policy") ? place : place.putObject("web")).put(key, "x");
        try {
            PolicyDocument.read(said.toString());
            return true;
        } catch (ContradictionException e) {
            assertThat(e).hasMessageEndingWith("there is no such setting");
            return false;
        }
    }

    private static Set<String> fields(JsonNode node) {
        return node.properties().stream()
                .map(field -> field.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
