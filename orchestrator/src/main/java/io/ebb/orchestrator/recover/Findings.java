package io.ebb.orchestrator.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was found, and what was done about each. */
public final class Findings {
    private static final List<String> HEAD = List.of("VM", "NIC", "TAG", "POOL", "DONE");

    private final List<Line> lines;
    private final int resources;

    Findings(List<Line> lines, int resources) {
        this.lines = List.copyOf(lines);
        this.resources = resources;
    }

    /** Whether there is something that a person must look at. */
    public boolean asks() {
        return lines.stream().anyMatch(Line::asks);
    }

    /** As people read it, with a line end after each line. */
    public String render() {
        if (lines.isEmpty()) {
            return "%d network interfaces read: none carries a tag of Ebb's\n".formatted(resources);
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        lines.forEach(line ->
                rows.add(List.of(line.vm(), line.nic(), line.tag(), line.pool(), line.done())));
        var widths = new int[HEAD.size()];
        for (var row : rows) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> padded(row, widths)).collect(Collectors.joining());
    }

    private static String padded(List<String> row, int[] widths) {
        var text = new StringBuilder();
        for (var i = 0; i < widths.length; i++) {
            text.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
        }
        return text.toString().stripTrailing() + "\n";
    }
}
