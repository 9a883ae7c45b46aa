package io.ebb.orchestrator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.ledger.Ledger.PolicyVersion;
import io.ebb.orchestrator.policy.Occasion;
import io.ebb.orchestrator.policy.Rules;
import io.ebb.orchestrator.policy.TermsWords;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The policy in force.
 *
 * @param version 1 and on; 0: the settings are in force, because none was written yet
 * @param document what was said, and nothing else
 * @param terms what that comes to, by type of event and for an operator's drain ({@code operator}):
 *     for events of the platform of which nobody knows how long they last, on VMs of pools of which
 *     nothing is said
 */
@Serdeable
record PolicyView(
        int version,
        String who,
        String why,
        Optional<Instant> since,
        Map<String, Object> document,
        Map<String, Map<String, String>> terms) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A version and how it is read. */
    static PolicyView of(PolicyVersion version, Rules rules) {
        return new PolicyView(
                version.version(),
                version.who(),
                version.why(),
                Optional.of(version.since()),
                tree(version.document()),
                terms(rules));
    }

    /** The settings, before a version was written. */
    static PolicyView of(String document, Rules rules) {
        return new PolicyView(
                0, "settings", "not written yet", Optional.empty(), tree(document), terms(rules));
    }

    /** As it is stored, also when a later release wrote what this one does not understand. */
    private static Map<String, Object> tree(String document) {
        try {
            return JSON.readValue(document, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored policy is no JSON", e);
        }
    }

    private static Map<String, Map<String, String>> terms(Rules rules) {
        var terms = new LinkedHashMap<String, Map<String, String>>();
        for (var type : EventType.values()) {
            var occasion = new Occasion(type, "Platform", Optional.empty(), Set.of());
            terms.put(TermsWords.word(type), TermsWords.of(rules.policy().terms(occasion)));
        }
        var operators = Occasion.operator(Set.of());
        terms.put("operator", TermsWords.of(rules.policy().terms(operators)));
        return terms;
    }
}
