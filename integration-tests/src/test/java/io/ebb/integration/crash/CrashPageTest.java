package io.ebb.integration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/crash-points.md} says is of all the points that there are, and no failure. */
@Timeout(20)
@DisabledIfSystemProperty(
        named = "ebb.full",
        matches = "true",
        disabledReason = "the page is being written")
class CrashPageTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| \\d+ \\| (.+?) \\| .* \\| (.+?) \\|$", Pattern.MULTILINE);

    @ParameterizedTest
    @CsvSource({"H2, 1", "PostgreSQL, 2"})
    void everyPointHasBeenTriedOnEachStoreAndHeld(String store, int replicas) throws IOException {
        var page = Files.readString(CrashPage.FILE);
        var table = page.substring(page.indexOf("<!-- " + store), page.indexOf("<!-- /" + store));
        var rows = ROW.matcher(table).results().toList();
        assertThat(rows)
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(
                        CrashPoint.all(replicas).map(CrashPoint::toString).toList());
        assertThat(rows).extracting(row -> row.group(2)).containsOnly("held");
    }
}
