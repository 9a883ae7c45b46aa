package io.ebb.orchestrator.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the settings' texts; a complaint names the setting, its text and what was expected. */
final class Texts {
    private static final Pattern TIME = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    private Texts() {}

    /** {@code 90s}, {@code 30m}, {@code 2h}, {@code 3d}, {@code 250ms}. */
    static Duration duration(Said said) {
        var match = TIME.matcher(said.text().strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw wrong(said, "a time like 10s, 5m or 2h");
        }
        try {
            var number = Long.parseLong(match.group(1));
            return switch (match.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        } catch (NumberFormatException | ArithmeticException e) {
            throw wrong(said, "a time like 10s, 5m or 2h");
        }
    }

    /** The same, longer than nothing. */
    static Duration positive(Said said) {
        var duration = duration(said);
        if (!duration.isPositive()) {
            throw wrong(said, "a time longer than nothing");
        }
        return duration;
    }

    static int number(Said said, int least) {
        try {
            var number = Integer.parseInt(said.text().strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(said, "a number from %d on".formatted(least));
    }

    static boolean bool(Said said) {
        return switch (said.text().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(said, "true or false");
        };
    }

    /** One word of an enum, as {@code take-out}. */
    static <E extends Enum<E>> E word(Said said, Class<E> type) {
        var text = said.text().strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        wrong(
                                said,
                                Arrays.stream(type.getEnumConstants())
                                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                                        .map(name -> name.replace('_', '-'))
                                        .collect(Collectors.joining(", "))));
    }

    /** A comma list. */
    static List<Said> list(Said said) {
        return Arrays.stream(said.text().split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> new Said(text, said.where()))
                .toList();
    }

    static ContradictionException wrong(Said said, String expected) {
        return new ContradictionException(
                "%s is '%s': expected %s".formatted(said.where(), said.text(), expected));
    }
}
