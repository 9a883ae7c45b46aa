package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.Strategy;
import java.util.Map;
import java.util.Optional;

/** Reads what is said of one pool; what is not said follows the base. */
final class BudgetText {
    private final String path;
    private final PoolRule base;
    private final Map<Setting, Said> said;

    private BudgetText(String path, PoolRule base, Map<Setting, Said> said) {
        this.path = path;
        this.base = base;
        this.said = said;
    }

    static PoolRule read(String path, PoolRule base, Map<Setting, Said> said) {
        return new BudgetText(path, base, said).read();
    }

    private PoolRule read() {
        var number = base.minimum();
        var percent = base.percent();
        var minimum = said(Setting.MINIMUM);
        if (minimum.isPresent()) {
            var text = minimum.get().text().strip();
            percent = text.endsWith("%");
            number = minimum(minimum.get(), text, percent);
        }
        var out = said(Setting.MOST_OUT).map(text -> Texts.number(text, 0)).orElse(base.mostOut());
        if (out < 1) {
            throw new ContradictionException(
                    "%s.most-out is %d: no VM could ever be taken out; to touch nothing use"
                                    .formatted(path, out)
                            + " ebb.mode=observe");
        }
        if (percent && number == 100) {
            throw new ContradictionException(
                    "%1$s.minimum (100%%) leaves no room for %1$s.most-out (%2$d)"
                            .formatted(path, out));
        }
        return new PoolRule(
                said(Setting.STRATEGY)
                        .filter(text -> !text.text().equals("chosen"))
                        .map(text -> Texts.word(text, Strategy.class)),
                number,
                percent,
                out,
                said(Setting.DOMAIN_TOGETHER).map(Texts::bool).orElse(base.domainTogether()),
                said(Setting.ALLOW_OUTBOUND_LOSS)
                        .map(Texts::bool)
                        .orElse(base.allowOutboundLoss()));
    }

    private static int minimum(Said said, String text, boolean percent) {
        var digits = new Said(percent ? text.substring(0, text.length() - 1) : text, said.where());
        try {
            var number = Integer.parseInt(digits.text().strip());
            if (number >= 0 && (!percent || number <= 100)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw Texts.wrong(said, "a number or a percentage like 50%");
    }

    private Optional<Said> said(Setting setting) {
        return Optional.ofNullable(said.get(setting));
    }
}
