package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.PoolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The examples of {@code docs/policy.md}; what they come to is asked of the policy itself. */
final class PolicyExamples {
    static final List<Example> ALL =
            List.of(
                    new Example(
                            "Short freezes are not worth a drain",
                            List.of("ebb.policy.ignore-freezes-up-to=10s"),
                            List.of(
                                    freeze("a freeze of 9 s", Optional.of(9)),
                                    freeze("a freeze of 30 s", Optional.of(30)),
                                    freeze(
                                            "a freeze of which Azure does not know how long",
                                            Optional.empty()))),
                    new Example(
                            "An operator approves what users cause",
                            List.of(
                                    "ebb.rules.users.types=reboot,redeploy",
                                    "ebb.rules.users.source=user",
                                    "ebb.rules.users.approve=by-operator"),
                            List.of(
                                    reboot("a reboot that a user caused", "User", Set.of()),
                                    reboot("a reboot of the platform", "Platform", Set.of()))),
                    new Example(
                            "One pool takes longer, and keeps half of its members",
                            List.of(
                                    "ebb.pools.orders.longest-drain=25m",
                                    "ebb.pools.orders.minimum=50%"),
                            List.of(
                                    asked(
                                            "a reboot in `orders`",
                                            new Occasion(
                                                    EventType.REBOOT,
                                                    "Platform",
                                                    Optional.empty(),
                                                    Set.of("orders")),
                                            Setting.LONGEST_DRAIN),
                                    asked(
                                            "a reboot in any other pool",
                                            new Occasion(
                                                    EventType.REBOOT,
                                                    "Platform",
                                                    Optional.empty(),
                                                    Set.of("web")),
                                            Setting.LONGEST_DRAIN),
                                    minimum("orders"),
                                    minimum("web"))),
                    new Example(
                            "Connections of the monitoring do not count",
                            List.of("ebb.policy.ignore-sources=10.0.9.0/24,10.0.8.4"),
                            List.of(
                                    new Answer(
                                            "connections",
                                            rules ->
                                                    "those from `%s` are not waited for"
                                                            .formatted(
                                                                    String.join(
                                                                            "`, `",
                                                                            rules
                                                                                    .ignoreSources()))))));

    private PolicyExamples() {}

    /** What is asked, and the answer of rules. */
    record Answer(String question, Function<Rules, String> answer) {}

    /** Settings, and what they come to. */
    record Example(String title, List<String> settings, List<Answer> answers) {
        String draw() {
            var rules = RulesText.read(PolicyPage.document(settings), Modes.of(false));
            var lines = new ArrayList<String>();
            lines.add("\n**" + title + "**\n\n```properties");
            lines.addAll(settings);
            lines.add("```\n");
            answers.forEach(asked ->
                    lines.add("- %s: %s".formatted(asked.question(), asked.answer().apply(rules))));
            return String.join("\n", lines) + "\n";
        }
    }

    private static Answer freeze(String question, Optional<Integer> seconds) {
        return asked(
                question,
                new Occasion(
                        EventType.FREEZE, "Platform", seconds.map(Duration::ofSeconds), Set.of()),
                Setting.ACTION);
    }

    private static Answer reboot(String question, String source, Set<String> pools) {
        return asked(
                question,
                new Occasion(EventType.REBOOT, source, Optional.empty(), pools),
                Setting.APPROVE);
    }

    private static Answer asked(String question, Occasion occasion, Setting setting) {
        return new Answer(
                question,
                rules ->
                        "`%s=%s`"
                                .formatted(
                                        setting.key(),
                                        TermsWords.of(rules.policy().terms(occasion))
                                                .get(setting.key())));
    }

    private static Answer minimum(String pool) {
        var id = new PoolId("/backendAddressPools/" + pool);
        return new Answer(
                "of 5 members of `%s` there stay in rotation".formatted(pool),
                rules -> "%d".formatted(rules.of(id).budget(id, 5).minimum()));
    }
}
