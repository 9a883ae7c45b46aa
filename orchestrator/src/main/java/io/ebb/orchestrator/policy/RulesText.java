package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.policy.Setting.Where;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Reads a whole policy, once for the settings and once for each change through the API. */
final class RulesText {
    private final Map<Setting, Said> base;
    private final SortedMap<String, SortedMap<String, String>> pools;
    private final SortedMap<String, SortedMap<String, String>> rules;

    private RulesText(PolicyDocument document) {
        base = said("ebb.policy", document.policy(), PolicyDocument.POLICY);
        pools = document.pools();
        rules = document.rules();
    }

    /**
     * Reads it.
     *
     * @throws ContradictionException naming what cannot be meant
     */
    static Rules read(PolicyDocument document, Modes modes) {
        return new RulesText(document).read(modes);
    }

    private Rules read(Modes modes) {
        var policy = new WrittenPolicy(base, list());
        var remaining =
                policy.all().stream()
                        .map(Terms::remaining)
                        .filter(most -> most > 0)
                        .distinct()
                        .sorted()
                        .toList();
        var common = BudgetText.read("ebb.policy", PoolRule.DEFAULT, base);
        var special = new HashMap<String, PoolRule>();
        pools.forEach((name, section) -> {
            var path = "ebb.pools." + name;
            var said = said(path, section, PolicyDocument.POOL);
            special.put(name.toLowerCase(Locale.ROOT), BudgetText.read(path, common, said));
        });
        return new Rules(
                modes,
                policy,
                Texts.number(general(Setting.HEALTHY), 1),
                Texts.positive(general(Setting.RETURN_WITHIN)),
                sources(),
                remaining,
                common,
                special);
    }

    private List<Rule> list() {
        var list = new ArrayList<>(Rule.ofItself());
        var shortFreezes = Optional.ofNullable(base.get(Setting.IGNORE_FREEZES_UP_TO));
        shortFreezes
                .filter(said -> !said.text().equals("none"))
                .ifPresent(said ->
                        list.add(
                                new Rule(
                                        Set.of(EventType.FREEZE),
                                        Optional.empty(),
                                        Optional.of(Texts.duration(said)),
                                        Set.of(),
                                        Map.of(Setting.ACTION, new Said("ignore", said.where())))));
        pools.forEach((name, section) ->
                list.add(
                        Rule.ofPool(
                                name, said("ebb.pools." + name, section, PolicyDocument.POOL))));
        rules.forEach((name, section) ->
                list.add(Rule.read(said("ebb.rules." + name, section, PolicyDocument.RULE))));
        return list;
    }

    private List<String> sources() {
        var said = general(Setting.IGNORE_SOURCES);
        if (said.text().equals("none")) {
            return List.of();
        }
        return Texts.list(said).stream().map(Ranges::read).toList();
    }

    private Said general(Setting setting) {
        return Optional.ofNullable(base.get(setting))
                .orElseGet(() -> new Said(setting.byDefault(), "ebb.policy." + setting.key()));
    }

    private static Map<Setting, Said> said(
            String path, SortedMap<String, String> section, List<Where> places) {
        var said = new EnumMap<Setting, Said>(Setting.class);
        section.forEach((key, text) -> {
            var where = path + "." + key;
            var setting =
                    Setting.find(key, places)
                            .orElseThrow(() ->
                                    new ContradictionException(
                                            where + ": there is no such setting"));
            said.put(setting, new Said(text, where));
        });
        return said;
    }
}
