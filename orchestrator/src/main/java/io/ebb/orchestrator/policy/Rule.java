package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is different for some occasions.
 *
 * @param types empty: all
 * @param source empty: all; lower-case
 * @param upTo empty: however long the interruption is expected to last
 * @param pools empty: all; lower-case
 * @param said what it says
 */
record Rule(
        Set<EventType> types,
        Optional<String> source,
        Optional<Duration> upTo,
        Set<String> pools,
        Map<Setting, Said> said) {

    Rule {
        types = Set.copyOf(types);
        pools = Set.copyOf(pools);
        said = Map.copyOf(said);
    }

    /** What Ebb knows of the types by itself; it holds unless a pool or a rule says otherwise. */
    static List<Rule> ofItself() {
        return List.of(
                ofItself(EventType.FREEZE, Setting.BELOW_MINIMUM, "keep-in"),
                ofItself(EventType.PREEMPT, Setting.APPROVE, "never"),
                ofItself(EventType.PREEMPT, Setting.START, "at-once"));
    }

    private static Rule ofItself(EventType type, Setting setting, String text) {
        var name = type.name().toLowerCase(Locale.ROOT);
        return new Rule(
                Set.of(type),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Map.of(
                        setting,
                        new Said(text, "the default for %s.%s".formatted(name, setting.key()))));
    }

    static Rule ofPool(String pool, Map<Setting, Said> said) {
        return new Rule(Set.of(), Optional.empty(), Optional.empty(), Set.of(lower(pool)), said);
    }

    static Rule read(Map<Setting, Said> said) {
        var types = Optional.ofNullable(said.get(Setting.TYPES)).map(Texts::list).orElse(List.of());
        var pools = Optional.ofNullable(said.get(Setting.POOLS)).map(Texts::list).orElse(List.of());
        return new Rule(
                types.stream()
                        .map(type -> Texts.word(type, EventType.class))
                        .collect(Collectors.toSet()),
                Optional.ofNullable(said.get(Setting.SOURCE)).map(Rule::source),
                Optional.ofNullable(said.get(Setting.EXPECTED_UP_TO)).map(Texts::duration),
                pools.stream().map(Said::text).map(Rule::lower).collect(Collectors.toSet()),
                said);
    }

    private static String source(Said said) {
        var source = lower(said.text().strip());
        if (!Set.of("platform", "user", "operator").contains(source)) {
            throw Texts.wrong(said, "platform, user or operator");
        }
        return source;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it is for this occasion.
     *
     * @param pool one pool of the occasion's; empty: it has none
     */
    boolean matches(Occasion occasion, Optional<String> pool) {
        return (types.isEmpty() || types.contains(occasion.type()))
                && source.map(lower(occasion.source())::equals).orElse(true)
                && upTo.map(most ->
                                occasion.expected().filter(e -> e.compareTo(most) <= 0).isPresent())
                        .orElse(true)
                && (pools.isEmpty() || pool.map(pools::contains).orElse(false));
    }
}
