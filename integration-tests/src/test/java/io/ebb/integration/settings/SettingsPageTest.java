package io.ebb.integration.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/configuration.md} says what can be set, and all of it. */
@Timeout(30)
class SettingsPageTest {
    private static final Path ROOT = House.here().root();

    /** A setting as the code's texts name it, for instance in a message. */
    private static final Pattern NAMED =
            Pattern.compile("\\bebb\\.[a-z]+(?:-[a-z]+)*(?:\\.[a-z]+(?:-[a-z]+)*)*");

    @Test
    void thePageOfTheSettingsSaysWhatTheCodeDoes() throws IOException {
        var page = ROOT.resolve("docs/configuration.md");
        if (Boolean.getBoolean("ebb.docs")) {
            Files.writeString(page, SettingsPage.draw());
        }
        assertThat(page)
                .as("docs/configuration.md is generated; refresh it with ./mvnw -Pdocs verify")
                .exists()
                .hasContent(SettingsPage.draw());
    }

    @Test
    void everySettingHasAMeaning() {
        assertThat(Known.all().values())
                .hasSizeGreaterThan(20)
                .allSatisfy(known -> assertThat(known.meaning()).as(known.name()).isNotBlank());
    }

    @Test
    void theDefaultsAreThoseThatAreShipped() {
        var known = Known.all();
        assertThat(Known.shipped())
                .hasSizeGreaterThan(5)
                .allSatisfy((name, value) -> {
                    assertThat(known).containsKey(name);
                    if (!name.equals("ebb.database.url")) {
                        assertThat(known.get(name)).extracting("byDefault").isEqualTo(value);
                    }
                });
    }

    @Test
    void noSettingThatTheCodeNamesIsMissing() throws IOException {
        var named = new TreeSet<String>();
        try (var files = Files.walk(ROOT.resolve("orchestrator/src/main"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file);
                NAMED.matcher(text).results().map(found -> found.group()).forEach(named::add);
            }
        }
        named.removeIf(name ->
                name.matches("ebb\\.(policy|pools|rules|timeline|orchestrator|protocol)\\b.*"));
        var known = Known.all().keySet();
        assertThat(named)
                .hasSizeGreaterThan(10)
                .allMatch(name ->
                        known.contains(name)
                                // A section, as in @ConfigurationProperties.
                                || known.stream().anyMatch(k -> k.startsWith(name + ".")));
    }
}
