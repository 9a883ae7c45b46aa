package io.ebb.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class TemplateTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Place PLACE = new Place("s", "t", "rg", "westeurope");
    private static final String GROUP = "/subscriptions/s/resourceGroups/rg";
    private static final String NAMES =
            """
            {"names": {"value": ["a", "b"]}, "ports": {"value": {"a": 80}}}
            """;

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** A template with these resources. */
    private static ObjectNode template(String resources) {
        return (ObjectNode)
                json(
                        """
                        {
                          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                          "contentVersion": "1.0.0.0",
                          "parameters": {
                            "names": {"type": "array"},
                            "ports": {"type": "object"},
                            "where": {"type": "string", "defaultValue": "[resourceGroup().location]"}
                          },
                          "variables": {
                            "first": "[parameters('names')[0]]",
                            "lines": ["#{0}", "  it''s"],
                            "round": "[variables('round')]"
                          },
                          "resources": [%s]
                        }
                        """
                                .formatted(resources));
    }

    private static String resource(String name, String more) {
        return """
        {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01", "name": "%s" %s}
        """
                .formatted(name, more);
    }

    private static Template read(String resources) {
        return Template.read(template(resources), json(NAMES), PLACE);
    }

    private static List<String> names(Template template) {
        return template.resources().stream().map(Planned::name).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[parameters('names')[1]] ~ b",
                "[parameters('where')] ~ westeurope",
                "[parameters('ports')[variables('first')]] ~ 80",
                "[concat('x-', variables('first'), '''')] ~ x-a'",
                "[format('{1}{0}', 'a', 2)] ~ 2a",
                "[format(join(variables('lines'), '|'), 'c')] ~ #c|  it''s",
                "[base64('cloud')] ~ Y2xvdWQ=",
                "[length( parameters('names') )] ~ 2",
                "[length(concat(parameters('names'), parameters('names')))] ~ 4",
                "[subscription().subscriptionId] ~ s",
                "[resourceId('Microsoft.Network/loadBalancers/probes', 'lb', 'p')] ~ /subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb/probes/p",
                "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r')] ~ /subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/r",
                "[[no expression] ~ [no expression]",
                "plain ~ plain",
            })
    void anExpressionComesToItsValue(String expression, String value) {
        var resource = resource("x", ", \"properties\": {\"it\": \"" + expression + "\"}");
        var body = read(resource).resources().getFirst().body(_ -> json("{}"));
        assertThat(body.at("/properties/it").asText()).isEqualTo(value);
    }

    @Test
    void aCopyMakesOneResourceForEachIndex() {
        var copy = ", \"copy\": {\"name\": \"nics\", \"count\": \"[length(parameters('names'))]\"}";
        var template = read(resource("[concat(parameters('names')[copyIndex()], '-nic')]", copy));
        assertThat(names(template)).containsExactly("a-nic", "b-nic");
        assertThat(template.resources().getLast().id())
                .isEqualTo(GROUP + "/providers/Microsoft.Network/networkInterfaces/b-nic");
    }

    @Test
    void whatDependsOnAnotherComesAfterIt() {
        var after = ", \"dependsOn\": [\"loop\"]";
        var copy = ", \"copy\": {\"name\": \"loop\", \"count\": 2}";
        assertThat(
                        names(
                                read(
                                        resource("z", after)
                                                + ","
                                                + resource(
                                                        "[format('c{0}', copyIndex(1))]", copy))))
                .containsExactly("c1", "c2", "z");
    }

    @Test
    void whatIsReferredToIsAskedForWhenTheBodyIsMade() {
        var body = ", \"properties\": {\"it\": \"[reference('id').principalId]\"}";
        var planned = read(resource("x", body)).resources().getFirst();
        assertThat(
                        planned.body(_ -> json("{\"principalId\": \"p\"}"))
                                .at("/properties/it")
                                .asText())
                .isEqualTo("p");
        assertThatThrownBy(() -> planned.body(_ -> json("{}")))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining("'principalId' doesn't exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[toLower('A')] ~ The template function 'toLower' is not valid.",
                "[concat('a', toLower('A'))] ~ The template function 'toLower' is not valid.",
                "[parameters('no')] ~ The template parameter 'no' is not found.",
                "[variables('no')] ~ The template variable 'no' is not found.",
                "[variables('round')] ~ Circular dependency detected on template variable 'round'.",
                "[parameters('ports').b] ~ The language expression property 'b' doesn't exist.",
                "[parameters('names')[2]] ~ The language expression property '2' doesn't exist.",
                "[copyIndex()] ~ The template function 'copyIndex' is not expected at this location.",
                "[format('{1}', 'a')] ~ there is no argument {1}",
                "[base64()] ~ function requires at least 1 argument(s) while '0' were provided",
                "[concat('a'] ~ Unable to parse language expression 'concat('a'': expected something else at position 10.",
                "[resourceId('A/b/c', 'x')] ~ The type 'A/b/c' requires '2' resource name argument(s), not '1'.",
            })
    void anExpressionThatCannotBeEvaluatedIsRefused(String expression, String message) {
        var resource = resource("x", ", \"properties\": {\"it\": \"" + expression + "\"}");
        assertThatThrownBy(() -> read(resource))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                ", \"condition\": true ~ Could not find member 'condition' on object of type 'TemplateResource'.",
                ", \"dependsOn\": [\"y\"] ~ The resource 'y' is not defined in the template.",
                ", \"dependsOn\": [\"x\"] ~ Circular dependency detected on resource",
                ", \"copy\": {\"name\": \"c\", \"count\": \"two\"} ~ The 'copy' count must be an integer",
                ", \"copy\": {\"name\": \"c\", \"count\": 2} ~ The resource 'x' is defined multiple times",
            })
    void aResourceThatCannotBeMeantIsRefused(String more, String message) {
        assertThatThrownBy(() -> read(resource("x", more)))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"ports\": {\"value\": {}}} ~ The value for the template parameter 'names' is not provided.",
                "{\"names\": {\"value\": \"a\"}, \"ports\": {\"value\": {}}} ~ Expected a value of type 'array', but received a value of type 'STRING'.",
                "{\"more\": {\"value\": 1}} ~ The template parameters 'more' in the parameters file are not valid",
            })
    void parametersThatAreNotTheTemplatesAreRefused(String given, String message) {
        assertThatThrownBy(() -> Template.read(template(resource("x", "")), json(given), PLACE))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(message);
    }
}
