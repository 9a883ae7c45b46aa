package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.policy.Setting.Where;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.core.naming.conventions.StringConvention;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes the policy from the settings at start, so that what cannot be meant is known at once. */
@Factory
final class PolicySource {
    private final Environment environment;

    PolicySource(Environment environment) {
        this.environment = environment;
    }

    @Context
    PolicyDocument document() {
        return new PolicyDocument(
                section("ebb.policy", PolicyDocument.POLICY),
                sections("ebb.pools", PolicyDocument.POOL),
                sections("ebb.rules", PolicyDocument.RULE));
    }

    @Context
    Rules rules(PolicyDocument document, ModeSetting setting) {
        var pools = new HashMap<String, Mode>();
        for (var pool : names("ebb.pools")) {
            environment
                    .getProperty("ebb.pools." + pool + ".mode", Mode.class)
                    .ifPresent(own -> pools.put(pool.toLowerCase(Locale.ROOT), own));
        }
        return RulesText.read(document, new Modes(setting.mode(), pools));
    }

    private SortedMap<String, SortedMap<String, String>> sections(String path, List<Where> places) {
        var sections = new TreeMap<String, SortedMap<String, String>>();
        for (var name : names(path)) {
            sections.put(name, section(path + "." + name, places));
        }
        return sections;
    }

    private SortedSet<String> names(String path) {
        return new TreeSet<>(environment.getPropertyEntries(path));
    }

    /** What is said there; a name that is none is a typing error, and refused. */
    private SortedMap<String, String> section(String path, List<Where> places) {
        var section = new TreeMap<String, String>();
        for (var setting : Setting.in(places)) {
            environment
                    .getProperty(path + "." + setting.key(), List.class)
                    .ifPresent(list -> section.put(setting.key(), joined(list)));
        }
        for (var key : flat("", environment.getProperties(path, StringConvention.RAW)).keySet()) {
            var name = key.replace('.', '-').toLowerCase(Locale.ROOT);
            var isMode = places.equals(PolicyDocument.POOL) && name.equals("mode");
            if (Setting.find(name, places).isEmpty() && !isMode) {
                throw new ContradictionException(
                        "%s.%s: there is no such setting".formatted(path, key));
            }
        }
        return section;
    }

    private static String joined(List<?> list) {
        return String.join(",", list.stream().map(String::valueOf).toList());
    }

    private static SortedMap<String, Object> flat(String prefix, Map<?, ?> tree) {
        var flat = new TreeMap<String, Object>();
        tree.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flat.putAll(flat(prefix + key + ".", inner));
            } else {
                flat.put(prefix + key, value);
            }
        });
        return flat;
    }
}
