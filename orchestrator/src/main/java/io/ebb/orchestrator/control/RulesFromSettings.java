package io.ebb.orchestrator.control;

import io.ebb.orchestrator.control.Rules.PoolRule;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;

/** Makes the rules at start, so that settings which contradict each other are known at once. */
@Factory
final class RulesFromSettings {
    @Context
    Rules rules(
            @Property(name = "ebb.mode", defaultValue = "observe") Mode mode,
            PolicySettings settings,
            Collection<PoolSettings> pools) {
        var base =
                rule(
                        "ebb.policy",
                        PoolRule.DEFAULT,
                        Optional.of(settings.minimum()),
                        Optional.of(settings.mostOut()));
        var special = new HashMap<String, PoolRule>();
        for (var pool : pools) {
            var prefix = "ebb.pools." + pool.name();
            if (pool.mode().isPresent() && pool.mode().get() != mode) {
                throw new ContradictionException(
                        "%s.mode is %s but ebb.mode is %s: all pools have one mode"
                                .formatted(prefix, word(pool.mode().get()), word(mode)));
            }
            var common = rule(prefix, base, pool.minimum(), pool.mostOut());
            special.put(
                    pool.name().toLowerCase(Locale.ROOT),
                    new PoolRule(
                            pool.strategy(),
                            common.minimum(),
                            common.percent(),
                            common.mostOut(),
                            pool.allowOutboundLoss().orElse(base.allowOutboundLoss())));
        }
        return new Rules(
                mode == Mode.ENFORCE, settings.policy(), settings.healthy(), base, special);
    }

    private static PoolRule rule(
            String prefix, PoolRule base, Optional<String> minimum, Optional<Integer> mostOut) {
        var number = base.minimum();
        var percent = base.percent();
        if (minimum.isPresent()) {
            var text = minimum.get().strip();
            percent = text.endsWith("%");
            number = number(prefix, percent ? text.substring(0, text.length() - 1) : text);
            if (number < 0 || (percent && number > 100)) {
                throw new ContradictionException(
                        "%s.minimum is %s: there is no such share".formatted(prefix, text));
            }
        }
        var out = mostOut.orElse(base.mostOut());
        if (out < 1) {
            throw new ContradictionException(
                    "%s.most-out is %d: no VM could ever be taken out; to touch nothing use"
                                    .formatted(prefix, out)
                            + " ebb.mode=observe");
        }
        if (percent && number == 100) {
            throw new ContradictionException(
                    "%1$s.minimum (100%%) leaves no room for %1$s.most-out (%2$d)"
                            .formatted(prefix, out));
        }
        return new PoolRule(base.strategy(), number, percent, out, base.allowOutboundLoss());
    }

    private static int number(String prefix, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new ContradictionException(
                    "%s.minimum is '%s': expected a number or a percentage like 50%%"
                            .formatted(prefix, text));
        }
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
