package io.ebb.orchestrator.policy;

import java.util.regex.Pattern;

/** Ranges of addresses, {@code 10.0.9.0/24}; a bare address is a range of one. */
final class Ranges {
    private static final Pattern RANGE =
            Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    private Ranges() {}

    /** The range as text, once it is known to be one. Never asks a name server. */
    static String read(Said said) {
        var match = RANGE.matcher(said.text());
        if (!match.matches()) {
            throw wrong(said);
        }
        var isV6 = match.group(1).contains(":");
        if (!isV6 && !isV4(match.group(1))) {
            throw wrong(said);
        }
        if (match.group(2) != null
                && Integer.parseInt(match.group(2)) > (isV6 ? V6_BITS : V4_BITS)) {
            throw wrong(said);
        }
        return said.text();
    }

    private static boolean isV4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (var part : parts) {
            if (part.isEmpty() || part.length() > 3 || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static ContradictionException wrong(Said said) {
        return Texts.wrong(said, "a range of addresses like 10.0.9.0/24");
    }
}
