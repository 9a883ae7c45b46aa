package io.ebb.integration.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code docs/artefacts.md} names exactly the tests of this package and of the settings, and files
 * that are there.
 */
@Timeout(20)
class ArtefactsPageTest {
    private static final Path ROOT = House.here().root();
    private static final Pattern ROW =
            Pattern.compile("^\\| .+ \\| .+ \\| .+ \\| `(\\w+Test)` \\|$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)");

    @Test
    void theTableNamesExactlyTheTestsOfThePackages() throws IOException {
        var named =
                ROW.matcher(Files.readString(ROOT.resolve("docs/artefacts.md")))
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(tests());
    }

    private static Set<String> tests() throws IOException {
        var folder = ROOT.resolve("integration-tests/src/test/java/io/ebb/integration");
        var tests = new TreeSet<String>();
        for (var part : List.of("artefact", "settings")) {
            try (var files = Files.list(folder.resolve(part))) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith("Test.java"))
                        .map(name -> name.replace(".java", ""))
                        .forEach(tests::add);
            }
        }
        return tests;
    }

    @Test
    void whatThePagesOfTheArtefactsLinkToIsThere() throws IOException {
        for (var page : Set.of("docs/artefacts.md", "docs/install.md", "helm/README.md")) {
            var file = ROOT.resolve(page);
            var folder = file.resolveSibling(".");
            assertThat(LINK.matcher(Files.readString(file)).results())
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(folder.resolve(link.group(1))).exists());
        }
    }
}
