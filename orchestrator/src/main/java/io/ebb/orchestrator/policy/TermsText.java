package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.Terms;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one set of terms, and refuses those that cannot be meant. */
final class TermsText {
    private final Map<Setting, Said> said;

    private TermsText(Map<Setting, Said> said) {
        this.said = said;
    }

    /** Of several sections, each later one overrides what it says. */
    static Map<Setting, Said> overlay(List<Map<Setting, Said>> sections) {
        var all = new EnumMap<Setting, Said>(Setting.class);
        for (var setting : Setting.in(List.of(Setting.Where.TERMS))) {
            all.put(setting, new Said(setting.byDefault(), "ebb.policy." + setting.key()));
        }
        for (var section : sections) {
            section.forEach((setting, text) -> {
                if (setting.where == Setting.Where.TERMS) {
                    all.put(setting, text);
                }
            });
        }
        return all;
    }

    /**
     * Reads terms.
     *
     * @param said a text for each setting of the terms
     * @throws ContradictionException naming the settings that cannot be meant
     */
    static Terms read(Map<Setting, Said> said) {
        var text = new TermsText(said);
        var terms = text.terms();
        text.check(terms);
        return terms;
    }

    private Terms terms() {
        return new Terms(
                Texts.word(of(Setting.ACTION), Terms.Action.class),
                Texts.word(of(Setting.START), Terms.Start.class),
                Texts.positive(of(Setting.LEAD)),
                Texts.positive(of(Setting.LONGEST_DRAIN)),
                Texts.duration(of(Setting.MARGIN)),
                Texts.positive(of(Setting.QUIET)),
                Texts.number(of(Setting.REMAINING), 0),
                Texts.word(of(Setting.APPROVE), Terms.Approve.class),
                Texts.word(of(Setting.AT_DEADLINE), Terms.AtDeadline.class),
                Texts.word(of(Setting.BELOW_MINIMUM), Terms.BelowMinimum.class),
                Texts.word(of(Setting.UNMANAGED), Terms.Unmanaged.class),
                Texts.positive(of(Setting.WAIT_WITHOUT_AGENT)),
                Texts.bool(of(Setting.APPROVE_WITHOUT_AGENT)),
                Texts.word(of(Setting.WITHOUT_AGENT), Terms.WithoutAgent.class));
    }

    private Said of(Setting setting) {
        return Optional.ofNullable(said.get(setting)).orElseThrow();
    }

    private void check(Terms terms) {
        shorter(
                Setting.QUIET,
                terms.quiet(),
                Setting.LONGEST_DRAIN,
                terms.longestDrain(),
                "no VM could ever be drained");
        if (terms.start() == Terms.Start.AT_LEAD) {
            shorter(
                    Setting.MARGIN,
                    terms.margin(),
                    Setting.LEAD,
                    terms.lead(),
                    "draining would end before it begins");
            if (terms.longestDrain().compareTo(terms.lead().minus(terms.margin())) > 0) {
                throw new ContradictionException(
                        "%s does not fit between %s and %s before NotBefore"
                                .formatted(
                                        of(Setting.LONGEST_DRAIN),
                                        of(Setting.LEAD),
                                        of(Setting.MARGIN)));
            }
        }
        var asks =
                terms.approve() == Terms.Approve.NEVER
                        || terms.approve() == Terms.Approve.BY_OPERATOR;
        // Of two sections the later one is meant; in one section both are.
        if (asks
                && terms.atDeadline() == Terms.AtDeadline.APPROVE
                && section(Setting.APPROVE).equals(section(Setting.AT_DEADLINE))) {
            throw new ContradictionException(
                    "%s contradicts %s".formatted(of(Setting.APPROVE), of(Setting.AT_DEADLINE)));
        }
    }

    private String section(Setting setting) {
        var where = of(setting).where();
        return where.substring(0, where.lastIndexOf('.'));
    }

    private void shorter(
            Setting one, Duration shorter, Setting other, Duration longer, String otherwise) {
        if (shorter.compareTo(longer) >= 0) {
            throw new ContradictionException(
                    "%s must be shorter than %s: %s".formatted(of(one), of(other), otherwise));
        }
    }
}
