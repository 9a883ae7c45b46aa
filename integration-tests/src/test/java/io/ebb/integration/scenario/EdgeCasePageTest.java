package io.ebb.integration.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.integration.scenario.Pages.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/edge-cases.md} has all 45 cases, and names exactly the tests that show them. */
@Timeout(20)
class EdgeCasePageTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d+) \\| (.+?) \\| (.+?) \\|(.*)\\|$", Pattern.MULTILINE);

    /** A display name with a case's number, and the method that bears it. */
    private static final Pattern SHOWN =
            Pattern.compile(
                    "@DisplayName\\(\\s*\"edge case (\\d+):.*?void (\\w+)\\(", Pattern.DOTALL);

    private record Row(int number, String conduct, Set<String> tests) {}

    private static List<Row> rows() {
        return ROW.matcher(Pages.read("docs/edge-cases.md"))
                .results()
                .map(row ->
                        new Row(
                                Integer.parseInt(row.group(1)),
                                row.group(3),
                                Pages.namedIn(row.group(4)).stream()
                                        .map(Named::toString)
                                        .collect(Collectors.toCollection(TreeSet::new))))
                .toList();
    }

    /** The tests that bear each case's number in their display name. */
    private static Map<Integer, Set<String>> shown() {
        var shown = new TreeMap<Integer, Set<String>>();
        for (var file : Pages.files()) {
            var type = String.valueOf(file.getFileName()).replace(".java", "");
            SHOWN.matcher(Pages.text(file))
                    .results()
                    .forEach(test ->
                            shown.computeIfAbsent(
                                            Integer.parseInt(test.group(1)), _ -> new TreeSet<>())
                                    .add(type + "#" + test.group(2)));
        }
        return shown;
    }

    @Test
    void all45CasesAreThereInOrder() {
        assertThat(rows())
                .extracting(Row::number)
                .isEqualTo(IntStream.rangeClosed(1, 45).boxed().toList());
    }

    @Test
    void eachCaseNamesExactlyTheTestsThatBearItsNumber() {
        var shown = shown();
        for (var row : rows()) {
            assertThat(row.tests())
                    .as("edge case %d", row.number())
                    .isEqualTo(shown.getOrDefault(row.number(), Set.of()));
        }
        assertThat(shown.keySet()).allMatch(number -> number <= 45);
    }

    @Test
    void aCaseWithoutATestSaysWhy() {
        assertThat(rows())
                .filteredOn(row -> row.tests().isEmpty())
                .allSatisfy(row -> assertThat(row.conduct()).containsPattern("^Cannot meet Ebb: "));
    }
}
