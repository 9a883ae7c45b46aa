package io.ebb.orchestrator.api;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.policy.Occasion;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.policy.TermsWords;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a policy says for one event.
 *
 * @param type as the policy writes it; what Azure adds to its list is {@code other}
 * @param expectedSeconds how long Azure expects the interruption to last; empty: it does not know
 * @param terms the settings' names and texts
 */
@Serdeable
record TermsView(
        String type,
        String source,
        Optional<Long> expectedSeconds,
        List<String> pools,
        Map<String, String> terms) {
    private static final List<String> SOURCES = List.of("platform", "user", "operator");

    static TermsView of(Rules rules, Occasion occasion) {
        return new TermsView(
                TermsWords.word(occasion.type()),
                occasion.source(),
                occasion.expected().map(Duration::toSeconds),
                occasion.pools().stream().sorted().toList(),
                TermsWords.of(rules.policy().terms(occasion)));
    }

    /**
     * What is asked about. Azure's {@code -1} for an interruption of unknown length is understood.
     *
     * @throws ProblemException naming what cannot be meant
     */
    static Occasion occasion(JsonBody asked) {
        var source =
                asked.text("source").map(text -> text.toLowerCase(Locale.ROOT)).orElse("platform");
        if (!SOURCES.contains(source)) {
            throw ProblemException.invalid(
                    "source is '%s': expected %s".formatted(source, String.join(", ", SOURCES)));
        }
        var isOperators = source.equals("operator");
        var type = asked.text("type").map(EventType::of);
        if (type.isEmpty() && !isOperators) {
            throw ProblemException.invalid("type: expected the type of an event, such as Reboot");
        }
        return new Occasion(
                isOperators ? EventType.OTHER : type.orElse(EventType.OTHER),
                source,
                asked.number("expectedSeconds")
                        .filter(seconds -> seconds >= 0)
                        .map(Duration::ofSeconds),
                asked.texts("pools").stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }
}
