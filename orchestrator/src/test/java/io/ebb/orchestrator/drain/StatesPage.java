package io.ebb.orchestrator.drain;

import io.ebb.orchestrator.drain.Cases.Case;
import io.ebb.orchestrator.drain.Cases.Leave;
import io.ebb.orchestrator.drain.Cases.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Draws {@code docs/states.md} from the code: the state diagram and the table of cases. */
final class StatesPage {
    private static final List<String> COLUMNS =
            List.of(
                    "Cause",
                    "May it go",
                    "Strategy",
                    "Member is",
                    "Taken",
                    "Connections",
                    "Healthy");

    private StatesPage() {}

    static String draw() {
        return """
        # Where a VM stands

        Generated from the code by enumerating every case of a VM with one member; a test \
        fails when this page is stale. Refresh it with `./mvnw -Pdocs verify`.

        ## The five states

        A state is derived from facts each time, never stored. An arrow says which fact \
        changed.

        ```mermaid
        stateDiagram-v2
            [*] --> Untouched
        %s```

        ## Every case

        "any" means that the column makes no difference. Step: what Ebb does next.

        %s\
        """
                .formatted(diagram(), table());
    }

    private static String diagram() {
        var edges = new TreeMap<String, Set<String>>();
        var cases = Cases.members(Cases.WEB).stream().map(List::of).flatMap(Cases::of).toList();
        var byFacts = new LinkedHashMap<List<String>, Case>();
        cases.forEach(c -> byFacts.put(facts(c), c));
        for (var from : byFacts.entrySet()) {
            for (var to : byFacts.entrySet()) {
                var column = onlyDifference(from.getKey(), to.getKey());
                var one = word(from.getValue());
                var other = word(to.getValue());
                if (column >= 0 && !one.equals(other)) {
                    edges.computeIfAbsent("%s --> %s".formatted(one, other), _ -> new TreeSet<>())
                            .add(cause(COLUMNS.get(column), to.getKey().get(column)));
                }
            }
        }
        return edges.entrySet().stream()
                .map(e -> "    %s: %s\n".formatted(e.getKey(), String.join(", ", e.getValue())))
                .collect(Collectors.joining());
    }

    private static String cause(String column, String value) {
        return switch (column) {
            case "Cause" -> value.equals("none") ? "last cause left" : "cause appeared";
            case "May it go" -> value.equals("yes") ? "room" : "no room";
            case "Strategy" -> "strategy";
            case "Member is" -> "member " + value;
            case "Taken" -> value.equals("no") ? "settled" : "taken";
            case "Connections" -> value.equals("quiet") ? "quiet" : "connections";
            default -> "health";
        };
    }

    /** The one column that differs; -1 when several or none do, or when time ran backwards. */
    private static int onlyDifference(List<String> one, List<String> other) {
        var found = -1;
        for (var i = 0; i < one.size(); i++) {
            if (!one.get(i).equals(other.get(i))) {
                if (found >= 0 || COLUMNS.get(i).equals("Strategy")) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    private static String word(Case c) {
        return Heart.REAL.state(c.vm(), c.leave().refused()).word();
    }

    private static String table() {
        var rows = new LinkedHashMap<List<String>, String>();
        Cases.members(Cases.WEB).stream()
                .map(List::of)
                .flatMap(Cases::of)
                .forEach(c -> rows.put(facts(c), result(c)));
        Map<List<String>, String> folded = rows;
        for (var column = COLUMNS.size() - 1; column >= 0; column--) {
            var at = column;
            var all = rows.keySet().stream().map(facts -> facts.get(at)).distinct().count();
            folded = fold(folded, column, all);
        }
        var text = new StringBuilder();
        text.append("| ").append(String.join(" | ", COLUMNS)).append(" | State | Step |\n");
        text.append("|---".repeat(COLUMNS.size() + 2)).append("|\n");
        folded.forEach((facts, result) ->
                text.append("| ")
                        .append(String.join(" | ", facts))
                        .append(" | ")
                        .append(result)
                        .append(" |\n"));
        return text.toString();
    }

    /** Rows that differ in one column only and end alike become one. */
    private static Map<List<String>, String> fold(
            Map<List<String>, String> rows, int column, long all) {
        var groups = new LinkedHashMap<List<String>, Map<String, String>>();
        rows.forEach((facts, result) ->
                groups.computeIfAbsent(with(facts, column, "*"), _ -> new LinkedHashMap<>())
                        .put(facts.get(column), result));
        var folded = new LinkedHashMap<List<String>, String>();
        groups.forEach((facts, results) -> {
            var ways = new LinkedHashMap<String, Set<String>>();
            results.forEach((value, result) ->
                    ways.computeIfAbsent(result, _ -> new LinkedHashSet<>()).add(value));
            ways.forEach((result, values) ->
                    folded.put(
                            with(
                                    facts,
                                    column,
                                    values.size() == all ? "any" : String.join(" or ", values)),
                            result));
        });
        return folded;
    }

    private static List<String> with(List<String> facts, int column, String value) {
        var copy = new ArrayList<>(facts);
        copy.set(column, value);
        return List.copyOf(copy);
    }

    private static List<String> facts(Case c) {
        var member = c.vm().members().getFirst();
        return List.of(
                reason(c.reason()),
                leave(c.leave()),
                member.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                member.standing().name().toLowerCase(Locale.ROOT),
                switch (member.taken()) {
                    case NO -> "no";
                    case JUST_NOW -> "just now";
                    case YES -> "yes";
                    case BACK -> "returning";
                    case LEFT -> "left alone";
                },
                switch (c.vm().connections()) {
                    case Connections.Quiet _ -> "quiet";
                    case Connections.Assumed _ -> "taken for quiet";
                    case Connections.Open _ -> "open";
                    case Connections.Unknown _ -> "unknown";
                },
                c.vm().healthy() ? "yes" : "no");
    }

    private static String reason(Reason reason) {
        return switch (reason) {
            case NONE -> "none";
            case BEFORE_DEADLINE -> "before its deadline";
            case AT_DEADLINE -> "at its deadline";
        };
    }

    private static String leave(Leave leave) {
        return switch (leave) {
            case FREE -> "yes";
            case REFUSED -> "no room";
            case HINDERED -> "cannot";
            case UNREAD -> "not known";
        };
    }

    private static String result(Case c) {
        var state = Heart.REAL.state(c.vm(), c.leave().refused());
        var steps = Heart.REAL.moves(c.vm(), state, Cases.NOW);
        return "%s | %s"
                .formatted(
                        state.word(),
                        steps.isEmpty()
                                ? "-"
                                : steps.stream()
                                        .map(step -> step.getClass().getSimpleName())
                                        .collect(Collectors.joining(", ")));
    }
}
