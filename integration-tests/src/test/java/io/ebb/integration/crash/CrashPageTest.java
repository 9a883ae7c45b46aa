package io.ebb.integration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code docs/crash-points.md} says is of the points that there are, and no failure. */
@Timeout(20)
class CrashPageTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| \\d+ \\| (.+?) \\| .* \\| (.+?) \\|$", Pattern.MULTILINE);

    @Test
    void everyPointInTheTablesIsOneThatIsTriedAndHeld() throws IOException {
        var known =
                Stream.concat(CrashPoint.kills().stream(), CrashPoint.pauses().stream())
                        .map(CrashPoint::toString)
                        .collect(Collectors.toSet());
        var rows = ROW.matcher(Files.readString(CrashPage.FILE)).results().toList();
        assertThat(rows).isNotEmpty();
        assertThat(rows)
                .allSatisfy(row -> {
                    assertThat(known).contains(row.group(1));
                    assertThat(row.group(2)).isEqualTo("held");
                });
    }
}
