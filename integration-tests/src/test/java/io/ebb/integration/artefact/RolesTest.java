package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles grant what {@code docs/first-day.md} says, and nothing else. */
@Timeout(20)
class RolesTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(Microsoft\\.[^`]+)` \\|", Pattern.MULTILINE);

    private static final String CHECK = "| To check and observe | For |";
    private static final String ENFORCE = "| To enforce, besides | For |";

    private static JsonNode role(String name) {
        return Yaml.read(House.here().root().resolve("deploy/azure/role-" + name + ".json"));
    }

    private static List<String> actions(String role) {
        return role(role).path("Actions").valueStream().map(JsonNode::asText).toList();
    }

    /** The actions of the table that begins so. */
    private static List<String> table(String head) throws IOException {
        var page = Files.readString(House.here().root().resolve("docs/first-day.md"));
        assertThat(page).contains(head);
        var table = page.substring(page.indexOf(head)).split("\n\n", 2)[0];
        return ROW.matcher(table).results().map(row -> row.group(1)).toList();
    }

    @Test
    void theRoleForCheckingHasTheActionsOfTheFirstTable() throws IOException {
        assertThat(table(CHECK)).hasSizeGreaterThan(5);
        assertThat(actions("check")).containsExactlyInAnyOrderElementsOf(table(CHECK));
    }

    @Test
    void theRoleForEnforcingHasTheActionsOfBothTables() throws IOException {
        assertThat(table(ENFORCE)).hasSizeGreaterThan(5);
        assertThat(actions("enforce"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(table(CHECK), table(ENFORCE)).flatMap(List::stream).toList());
    }

    @Test
    void onlyTheRoleForEnforcingWritesAndOnlyNetworkInterfaces() {
        assertThat(actions("check")).allMatch(RolesTest::changesNothing);
        assertThat(actions("operations"))
                .allMatch(RolesTest::changesNothing)
                .isSubsetOf(actions("check"));
        assertThat(actions("enforce"))
                .filteredOn(action -> action.endsWith("/write"))
                .containsExactly("Microsoft.Network/networkInterfaces/write");
    }

    private static boolean changesNothing(String action) {
        return action.endsWith("/read") || action.endsWith("/health/action");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "enforce", "operations"})
    void eachRoleIsADefinitionThatAzTakes(String name) {
        var role = role(name);
        assertThat(role.fieldNames())
                .toIterable()
                .containsExactly(
                        "Name",
                        "IsCustom",
                        "Description",
                        "Actions",
                        "NotActions",
                        "DataActions",
                        "NotDataActions",
                        "AssignableScopes");
        assertThat(role.path("IsCustom").asBoolean()).isTrue();
        assertThat(role.path("Name").asText()).isEqualTo("Ebb " + name);
        assertThat(actions(name))
                .doesNotHaveDuplicates()
                .allMatch(action -> action.matches("Microsoft\\.\\w+(/\\w+)+"));
        assertThat(role.path("AssignableScopes"))
                .isNotEmpty()
                .allMatch(scope -> scope.asText().startsWith("/subscriptions/"));
    }
}
