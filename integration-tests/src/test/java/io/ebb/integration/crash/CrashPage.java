package io.ebb.integration.crash;

import io.ebb.demo.fleet.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code docs/crash-points.md}: what the last full run found, one table for each store. */
final class CrashPage {
    static final Path FILE = House.here().root().resolve("docs/crash-points.md");

    private static final String HEAD =
            """
            | # | Point | Cause | Back after | In all | Result |
            | ---: | --- | --- | ---: | ---: | --- |
            """;

    private CrashPage() {}

    /** One trial. */
    record Row(String point, String cause, String back, String all, String result) {
        static Row passed(CrashPoint point, String cause, Trial.Times times) {
            return new Row(
                    point.toString(), cause, seconds(times.back()), seconds(times.all()), "held");
        }

        static Row failed(CrashPoint point, String cause, AssertionError e) {
            var reason = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
            return new Row(point.toString(), cause, "", "", "FAILED: " + reason);
        }

        private static String seconds(Duration time) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
    }

    /** Replaces the table of one store. */
    static void write(String store, List<Row> rows) {
        try {
            var page = Files.readString(FILE);
            var begin = "<!-- " + store + " -->\n";
            var end = "<!-- /" + store + " -->";
            var table =
                    IntStream.range(0, rows.size())
                            .mapToObj(i -> line(i + 1, rows.get(i)))
                            .collect(Collectors.joining("", HEAD, ""));
            Files.writeString(
                    FILE,
                    page.substring(0, page.indexOf(begin) + begin.length())
                            + table
                            + page.substring(page.indexOf(end)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(int number, Row row) {
        return "| %d | %s | %s | %s | %s | %s |\n"
                .formatted(number, row.point(), row.cause(), row.back(), row.all(), row.result());
    }
}
