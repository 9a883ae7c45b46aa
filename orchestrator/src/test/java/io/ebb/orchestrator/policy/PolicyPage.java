package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.policy.Setting.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Draws {@code docs/policy.md} from the settings, the defaults and the examples. */
final class PolicyPage {
    private static final String HEAD =
            """
            # The policy

            Generated from the code; a test fails when this page is stale. \
            Refresh it with `./mvnw -Pdocs verify`.

            The policy says for which events VMs leave rotation, how long they may take, and who \
            approves. It has three sections:

            | Section | Holds for |
            |---|---|
            | `ebb.policy.*` | everything |
            | `ebb.pools.<name>.*` | one pool: the last segment of its resource id, lower-case |
            | `ebb.rules.<name>.*` | the events that the rule matches |

            ## Every setting

            Times are `250ms`, `90s`, `30m`, `2h` or `3d`. Settings that contradict each other, and \
            names that there are not, are refused with their names in the message.

            """;

    private static final String OVERRIDES =
            """

            ## Which one holds

            For each setting the last that says something holds:

            1. the default;
            2. `ebb.policy`;
            3. what Ebb knows of the type by itself. A freeze is short, so the minimum holds even at \
            its deadline; the half minute of a Preempt is used, and not shortened:

            {types}
            4. `ebb.policy.ignore-freezes-up-to`;
            5. `ebb.pools.<name>`, for VMs of that pool;
            6. `ebb.rules.<name>`, in the order of their names.

            So `ebb.policy.below-minimum=take-out` leaves the freezes as they are; a rule with \
            `types=freeze` changes them.

            A rule matches when all of `types`, `source`, `expected-up-to` and `pools` do. `source` \
            is who caused the event; an operator's drain has the source `operator` and no type of \
            its own (`other`).
            When the VMs of an event are in pools that differ, the more careful of their terms holds \
            in each respect: the longer time, the later approval.

            `ebb.mode` is no part of the policy. In `observe` Ebb decides by it and records, and \
            touches nothing. `ebb.pools.<pool>.mode` says so of one pool: a VM in a pool that is \
            only observed is taken out of none, and its event not approved as drained.

            """;

    private static final String VERSIONS =
            """
            ## Settings and the API

            The ledger keeps every version of the policy, with who wrote it and why.

            - The first start writes what the settings say as version 1, by `settings`.
            - A start with other settings writes the next version, as long as the last one came \
            from the settings too.
            - `PUT /v1/policy` writes the next version, by whoever sent it. From then on the \
            ledger's is in force; the settings' is not, and each start says so in the log.

            `GET /v1/policy` gives the version in force, its document, and what it comes to for each \
            type of event. To change it, send the whole document back, with the reason and the \
            version that you have read:

            ```sh
            curl … -X PUT https://127.0.0.1:8400/v1/policy -H 'If-Match: "1"' \\
              -H 'Content-Type: application/json' \\
              -d '{"policy": {"lead": "1h"}, "reason": "our drains take longer"}'
            ```

            Another version in force meanwhile: 412. A policy that cannot be meant: 422, and nothing \
            changes. It holds from the next turn on, for open events too; each drain shows the \
            version that was in force last (`policy`).

            `POST /v1/policy:evaluate` says what holds for an event, or would with another document:

            ```sh
            curl … https://127.0.0.1:8400/v1/policy:evaluate -H 'Content-Type: application/json' \\
              -d '{"type": "Freeze", "expectedSeconds": 9, "pools": ["web"],
                   "document": {"policy": {"ignore-freezes-up-to": "10s"}}}'
            ```

            ## Examples

            As settings; the same names make the document, `{"policy": {…}, "pools": {"web": {…}}, \
            "rules": {"users": {…}}}`. What they come to is computed.
            """;

    private PolicyPage() {}

    static String draw() {
        return HEAD
                + table()
                + OVERRIDES.replace("{types}", ofItself())
                + VERSIONS
                + PolicyExamples.ALL.stream()
                        .map(PolicyExamples.Example::draw)
                        .collect(Collectors.joining());
    }

    private static String table() {
        var lines = new ArrayList<String>();
        lines.add("| Setting | Default | May stand in | |");
        lines.add("|---|---|---|---|");
        for (var setting : Setting.values()) {
            lines.add(
                    "| `%s` | %s | %s | %s |"
                            .formatted(
                                    setting.key(),
                                    byDefault(setting),
                                    places(setting.where),
                                    setting.meaning()));
        }
        return String.join("\n", lines) + "\n";
    }

    /** A value is code; a word for "nothing is said" is none. */
    private static String byDefault(Setting setting) {
        var isWord = setting.where == Where.MATCH || setting == Setting.STRATEGY;
        return isWord ? setting.byDefault() : "`" + setting.byDefault() + "`";
    }

    private static String places(Where where) {
        var sections = new ArrayList<String>();
        if (PolicyDocument.POLICY.contains(where)) {
            sections.add("policy");
        }
        if (PolicyDocument.POOL.contains(where)) {
            sections.add("pools");
        }
        if (PolicyDocument.RULE.contains(where)) {
            sections.add("rules");
        }
        return String.join(", ", sections);
    }

    /** What the terms of each type differ in when nothing is said. */
    private static String ofItself() {
        var rules = RulesText.read(document(List.of()), Modes.of(false));
        var byDefault = TermsWords.settings(Terms.DEFAULT);
        return Arrays.stream(EventType.values())
                .map(type -> {
                    var occasion = new Occasion(type, "Platform", Optional.empty(), Set.of());
                    var different =
                            TermsWords.settings(rules.policy().terms(occasion)).entrySet().stream()
                                    .filter(said ->
                                            !said.getValue().equals(byDefault.get(said.getKey())))
                                    .map(said ->
                                            "`%s=%s`"
                                                    .formatted(
                                                            said.getKey().key(), said.getValue()))
                                    .collect(Collectors.joining(", "));
                    return different.isEmpty()
                            ? ""
                            : "   - %s: %s\n".formatted(TermsWords.word(type), different);
                })
                .collect(Collectors.joining());
    }

    /** Lines as {@code ebb.rules.users.approve=never}, as a document. */
    static PolicyDocument document(List<String> lines) {
        var policy = new TreeMap<String, String>();
        var pools = new TreeMap<String, SortedMap<String, String>>();
        var rules = new TreeMap<String, SortedMap<String, String>>();
        for (var line : lines) {
            var parts = line.split("=", 2);
            var path = parts[0].split("\\.", -1);
            switch (path[1]) {
                case "policy" -> policy.put(path[2], parts[1]);
                case "pools" ->
                        pools.computeIfAbsent(path[2], _ -> new TreeMap<>()).put(path[3], parts[1]);
                case "rules" ->
                        rules.computeIfAbsent(path[2], _ -> new TreeMap<>()).put(path[3], parts[1]);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new PolicyDocument(policy, pools, rules);
    }
}
