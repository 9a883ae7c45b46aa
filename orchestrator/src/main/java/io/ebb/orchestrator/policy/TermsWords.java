package io.ebb.orchestrator.policy;

import io.ebb.orchestrator.drain.Terms;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes terms as the policy would say them. */
public final class TermsWords {
    private TermsWords() {}

    /** Each setting's name and text, in the order of {@link Setting}. */
    public static Map<String, String> of(Terms terms) {
        var words = new LinkedHashMap<String, String>();
        settings(terms).forEach((setting, text) -> words.put(setting.key(), text));
        return words;
    }

    static Map<Setting, String> settings(Terms terms) {
        var words = new EnumMap<Setting, String>(Setting.class);
        words.put(Setting.ACTION, word(terms.action()));
        words.put(Setting.START, word(terms.start()));
        words.put(Setting.LEAD, time(terms.lead()));
        words.put(Setting.LONGEST_DRAIN, time(terms.longestDrain()));
        words.put(Setting.MARGIN, time(terms.margin()));
        words.put(Setting.QUIET, time(terms.quiet()));
        words.put(Setting.REMAINING, String.valueOf(terms.remaining()));
        words.put(Setting.APPROVE, word(terms.approve()));
        words.put(Setting.AT_DEADLINE, word(terms.atDeadline()));
        words.put(Setting.BELOW_MINIMUM, word(terms.belowMinimum()));
        words.put(Setting.UNMANAGED, word(terms.unmanaged()));
        words.put(Setting.WAIT_WITHOUT_AGENT, time(terms.waitWithoutAgent()));
        words.put(Setting.APPROVE_WITHOUT_AGENT, String.valueOf(terms.approveWithoutAgent()));
        words.put(Setting.WITHOUT_AGENT, word(terms.withoutAgent()));
        return words;
    }

    /** As {@code take-out}. */
    public static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In the largest unit that says it exactly: {@code 90s}, {@code 30m}. */
    private static String time(Duration time) {
        var millis = time.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        var seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        var minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        var hours = minutes / 60;
        return hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
    }
}
