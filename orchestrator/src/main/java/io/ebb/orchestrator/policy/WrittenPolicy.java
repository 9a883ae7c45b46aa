package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A policy as it was written: what holds for all, and rules that override it, in their order. */
final class WrittenPolicy implements Policy {
    private final Map<Setting, Said> base;
    private final List<Rule> rules;
    private final Map<Occasion, Terms> known = new ConcurrentHashMap<>();

    /** Of many kinds of occasion the same is said. */
    private final Map<Map<Setting, Said>, Terms> read = new ConcurrentHashMap<>();

    WrittenPolicy(Map<Setting, Said> base, List<Rule> rules) {
        this.base = Map.copyOf(base);
        this.rules = List.copyOf(rules);
    }

    @Override
    public Terms terms(Occasion occasion) {
        return known.computeIfAbsent(occasion, this::read);
    }

    private Terms read(Occasion occasion) {
        var pools = occasion.pools().isEmpty() ? Stream.of("") : occasion.pools().stream().sorted();
        return pools.map(pool -> read(occasion, Optional.of(pool).filter(p -> !p.isEmpty())))
                .reduce(Terms::careful)
                .orElseThrow();
    }

    private Terms read(Occasion occasion, Optional<String> pool) {
        var sections = new ArrayList<Map<Setting, Said>>();
        sections.add(base);
        rules.stream()
                .filter(rule -> rule.matches(occasion, pool))
                .forEach(rule -> sections.add(rule.said()));
        return read.computeIfAbsent(TermsText.overlay(sections), TermsText::read);
    }

    /**
     * Reads the terms of every kind of occasion that the rules tell apart.
     *
     * @return all terms that there may be
     * @throws ContradictionException when those of one cannot be meant
     */
    List<Terms> all() {
        var pools = new TreeSet<String>();
        var lengths = new ArrayList<Optional<Duration>>();
        lengths.add(Optional.empty());
        rules.forEach(rule -> {
            pools.addAll(rule.pools());
            rule.upTo().ifPresent(most -> lengths.add(Optional.of(most)));
        });
        var all = new ArrayList<Terms>();
        for (var type : EventType.values()) {
            for (var source : List.of("platform", "user", "operator")) {
                for (var length : lengths) {
                    all.add(terms(new Occasion(type, source, length, Set.of())));
                    for (var pool : pools) {
                        all.add(terms(new Occasion(type, source, length, Set.of(pool))));
                    }
                }
            }
        }
        known.clear();
        return all;
    }
}
