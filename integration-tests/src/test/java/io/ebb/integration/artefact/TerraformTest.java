package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Terraform configuration: its syntax, its own references, and that it is the template's. */
@Timeout(30)
class TerraformTest {
    private static final Path FOLDER = House.here().root().resolve("deploy/azure/terraform");
    private static final Pattern VARIABLE =
            Pattern.compile(
                    "^variable \"(\\w+)\" \\{$(.*?)^}$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile("^(resource|data) \"(\\w+)\" \"(\\w+)\"", Pattern.MULTILINE);
    private static final Pattern VARIABLE_USED = Pattern.compile("\\bvar\\.(\\w+)");
    private static final Pattern BLOCK_USED =
            Pattern.compile("(\\bdata\\.)?\\b(azurerm_\\w+)\\.(\\w+)");

    /** What the templates take from where they are deployed to, or do another way. */
    private static final Set<String> OF_TERRAFORM_ALONE =
            Set.of("subscription", "resource_group", "identity", "role", "operations_role");

    private static List<Path> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".tf")).sorted().toList();
        }
    }

    private static String all() throws IOException {
        var all = new StringBuilder();
        for (var file : files()) {
            all.append(Files.readString(file)).append('\n');
        }
        return all.toString();
    }

    @Test
    void everyFileHasTerraformsSyntax() throws IOException {
        assertThat(files()).hasSizeGreaterThan(3);
        for (var file : files()) {
            assertThat(Hcl.complaints(Files.readString(file))).as(file.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "`\n}\n` ~ `\n\n`",
                "= \"Tcp\" ~ = \"Tcp",
                "= var.pool ~ == var.pool",
                "sku                 = \"Standard\" ~ sku \"Standard\"",
                "toset(var.vm_names) ~ toset(var.vm_names",
                "${each.key} ~ ${each.key",
            })
    void aMistakeIsFound(String right, String wrong) throws IOException {
        var text = Files.readString(FOLDER.resolve("vms.tf"));
        assertThat(text).contains(right);
        assertThat(Hcl.complaints(text.replace(right, wrong))).isNotEmpty();
    }

    @Test
    void everyVariableIsDeclaredAndUsed() throws IOException {
        var declared = VARIABLE.matcher(all()).results().map(v -> v.group(1)).toList();
        var used = VARIABLE_USED.matcher(all()).results().map(v -> v.group(1)).toList();
        assertThat(declared).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(used)).isEqualTo(new TreeSet<>(declared));
    }

    @Test
    void everyResourceThatIsReferredToIsDeclared() throws IOException {
        var declared =
                BLOCK.matcher(all())
                        .results()
                        .map(b ->
                                (b.group(1).equals("data") ? "data." : "")
                                        + b.group(2)
                                        + "."
                                        + b.group(3))
                        .collect(Collectors.toSet());
        var used = BLOCK_USED.matcher(all()).results().map(match -> match.group()).toList();
        assertThat(used).hasSizeGreaterThan(10);
        assertThat(declared).containsAll(used);
    }

    @Test
    void theSecurityGroupOfEveryNicLetsClientsInToTheBackendPortAsInTheTemplate()
            throws IOException {
        var group = block("azurerm_network_security_group", "clients");
        var rule =
                template()
                        .at("/resources")
                        .valueStream()
                        .filter(resource ->
                                resource.path("type").asText().endsWith("/networkSecurityGroups"))
                        .findFirst()
                        .orElseThrow()
                        .at("/properties/securityRules/0/properties");
        assertThat(rule.properties()).hasSize(8);
        for (var argument : rule.properties()) {
            var name = snake(argument.getKey());
            var value = argument.getValue().toString();
            assertThat(group)
                    .contains(
                            name.equals("destination_port_range")
                                    ? name + "=var.backend_port"
                                    : name + "=" + value);
        }
        assertThat(block("azurerm_network_interface_security_group_association", "clients"))
                .contains(
                        "for_each=toset(var.vm_names)",
                        "network_interface_id=azurerm_network_interface.nic[each.key].id",
                        "network_security_group_id=azurerm_network_security_group.clients.id");
    }

    @Test
    void anotherCloudInitDoesNotReplaceAVmThatIsThere() throws IOException {
        assertThat(block("azurerm_linux_virtual_machine", "vm"))
                .contains("custom_data=")
                .containsSubsequence("lifecycle{", "ignore_changes=[custom_data]");
    }

    /** A resource's lines, without spaces. */
    private static String block(String type, String name) throws IOException {
        return Pattern.compile(
                        "^resource \"%s\" \"%s\" \\{$(.*?)^}$".formatted(type, name),
                        Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(all())
                .results()
                .map(found -> found.group(1).replace(" ", ""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theVariablesAreTheParametersOfTheTemplateWithTheSameDefaults() throws IOException {
        var variables = new TreeSet<String>();
        var parameters = template().path("parameters");
        for (var variable : VARIABLE.matcher(all()).results().toList()) {
            var name = variable.group(1);
            variables.add(name);
            assertThat(variable.group(2)).as(name).contains("type ", "description ");
            var parameter = parameters.path(camel(name));
            if (parameter.has("defaultValue")) {
                assertThat(variable.group(2).replace(" ", ""))
                        .as(name)
                        .contains("default=" + parameter.path("defaultValue"));
            } else if (!OF_TERRAFORM_ALONE.contains(name)) {
                assertThat(variable.group(2)).as(name).doesNotContain("default ");
            }
        }
        var names = new TreeSet<String>();
        parameters.fieldNames().forEachRemaining(name -> names.add(snake(name)));
        names.remove("location");
        variables.removeAll(OF_TERRAFORM_ALONE);
        assertThat(variables).isEqualTo(names);
    }

    @Test
    void cloudInitIsThatOfTheTemplate() throws IOException {
        var lines =
                template()
                        .at("/variables/cloudInit")
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining("\n"));
        assertThat(Files.readString(FOLDER.resolve("cloud-init.yaml.tftpl")))
                .isEqualTo(
                        lines.replace("{0}", "${join}")
                                .replace("{1}", "${settings}")
                                .replace("{2}", "${archive}")
                                .replace("{3}", "${sha256}"));
    }

    private static JsonNode template() {
        return Yaml.read(FOLDER.resolveSibling("vms.json"));
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String camel(String snake) {
        return Pattern.compile("_(.)")
                .matcher(snake)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
