package io.ebb.demo.report;

import io.ebb.demo.load.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The two runs side by side, as a Markdown table that is readable as it stands. */
public final class Table {
    private Table() {}

    /** The lines of the table. */
    public static List<String> of(Verdict verdict) {
        return List.of(
                line(
                        "",
                        "without Ebb",
                        verdict.killed() ? "with Ebb, killed half-way" : "with Ebb"),
                "| %s | %s: | %s: |".formatted("-".repeat(21), "-".repeat(13), "-".repeat(24)),
                row(verdict, "requests", run -> String.valueOf(run.load().requests())),
                row(verdict, "failed", run -> String.valueOf(run.load().failed())),
                row(verdict, "slowest, beyond asked", run -> ms(run.load().slowest())),
                row(verdict, "p99, beyond asked", run -> ms(run.load().percentile(0.99))),
                row(verdict, "over 1 s", run -> String.valueOf(run.load().over1s())),
                row(
                        verdict,
                        "web-1 out of rotation",
                        run -> seconds(run.outOfRotationSeconds(Verdict.VICTIM))));
    }

    /** How the failures of a run are made up, in words; empty where there are none. */
    public static String failures(Result load) {
        var kinds = new StringBuilder();
        load.failedBy()
                .forEach((kind, count) ->
                        kinds.append(kinds.isEmpty() ? "" : ", ")
                                .append(count)
                                .append(' ')
                                .append(kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        return kinds.toString();
    }

    private static String row(Verdict verdict, String name, Function<Run, String> value) {
        return line(name, value.apply(verdict.control()), value.apply(verdict.ebb()));
    }

    private static String line(String name, String control, String ebb) {
        return String.format(Locale.ROOT, "| %-21s | %14s | %25s |", name, control, ebb);
    }

    private static String ms(Duration time) {
        return time.toMillis() + " ms";
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
