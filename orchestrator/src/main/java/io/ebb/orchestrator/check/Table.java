package io.ebb.orchestrator.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the check found. */
public final class Table {
    private static final List<String> HEAD =
            List.of("VM", "NIC", "POOL", "STRATEGY", "BUDGET", "OUTBOUND", "HINDERS");

    private final List<Row> rows;
    private final Map<String, Set<String>> traceless;
    private final List<String> remarks;

    /**
     * @param traceless pools of which nothing on Azure would survive a lost database, each with why
     * @param remarks what hinders nothing and should be known, in words
     */
    Table(List<Row> rows, Map<String, Set<String>> traceless, List<String> remarks) {
        this.rows = List.copyOf(rows);
        this.remarks = List.copyOf(remarks);
        this.traceless = Collections.unmodifiableMap(new TreeMap<>(traceless));
    }

    /** Whether there is a pool none of whose VMs can be drained without loss. */
    public boolean hinders() {
        return rows.stream()
                .filter(row -> !row.pool().equals("-"))
                .collect(Collectors.groupingBy(Row::pool))
                .values()
                .stream()
                .anyMatch(pool -> pool.stream().noneMatch(row -> row.hinders().isEmpty()));
    }

    /** As people read it, with a line end after each line. */
    public String render() {
        if (rows.isEmpty()) {
            return "no VMs found: see ebb.azure.resource-groups and ebb.azure.tag\n";
        }
        var lines = new ArrayList<List<String>>();
        lines.add(HEAD);
        for (var row : rows) {
            var hinders = row.hinders().isEmpty() ? "nothing" : String.join("; ", row.hinders());
            lines.add(
                    List.of(
                            row.vm(),
                            row.nic(),
                            row.pool(),
                            row.strategy(),
                            row.budget(),
                            row.outbound(),
                            hinders));
        }
        var widths = new int[HEAD.size()];
        for (var line : lines) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining())
                + lost()
                + remarks.stream().map(remark -> remark + "\n").collect(Collectors.joining());
    }

    private String lost() {
        return traceless.entrySet().stream()
                .map(pool ->
                        "pool %s: what is taken out is lost with the database (%s)\n"
                                .formatted(pool.getKey(), String.join(", ", pool.getValue())))
                .collect(Collectors.joining());
    }

    private static String padded(List<String> line, int[] widths) {
        var text = new StringBuilder();
        for (var i = 0; i < widths.length; i++) {
            text.append(line.get(i)).repeat(' ', widths[i] - line.get(i).length() + 2);
        }
        return text.toString().stripTrailing() + "\n";
    }
}
