package io.ebb.orchestrator.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebb.orchestrator.policy.Setting.Where;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was said of the policy, and nothing else: names of settings and their texts. The same from
 * the settings, in the ledger and in the API.
 *
 * @param policy {@code ebb.policy.*}
 * @param pools {@code ebb.pools.<name>.*}; a pool's name is lower-case
 * @param rules {@code ebb.rules.<name>.*}, followed in the order of their names
 */
public record PolicyDocument(
        SortedMap<String, String> policy,
        SortedMap<String, SortedMap<String, String>> pools,
        SortedMap<String, SortedMap<String, String>> rules) {

    /** What may stand in each section. */
    static final List<Where> POLICY = List.of(Where.TERMS, Where.POOL, Where.GENERAL);

    static final List<Where> POOL = List.of(Where.TERMS, Where.POOL, Where.POOL_ONLY);
    static final List<Where> RULE = List.of(Where.MATCH, Where.TERMS);

    private static final ObjectMapper JSON = new ObjectMapper();

    public PolicyDocument {
        policy = Collections.unmodifiableSortedMap(new TreeMap<>(policy));
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    }

    /** As JSON. */
    public String write() {
        // In this order always: the same policy is the same text.
        var sections = new LinkedHashMap<String, Object>();
        sections.put("policy", policy);
        sections.put("pools", pools);
        sections.put("rules", rules);
        try {
            return JSON.writeValueAsString(sections);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    /**
     * Reads JSON.
     *
     * @throws ContradictionException when it is none, or says what nobody understands; the message
     *     names where
     */
    public static PolicyDocument read(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new ContradictionException("the policy is no JSON: " + e.getOriginalMessage());
        }
    }

    private static PolicyDocument read(JsonNode tree) {
        if (!tree.isObject()) {
            throw new ContradictionException("the policy is no JSON object");
        }
        tree.fieldNames()
                .forEachRemaining(name -> {
                    if (!List.of("policy", "pools", "rules").contains(name)) {
                        throw new ContradictionException(
                                name + ": expected policy, pools or rules");
                    }
                });
        return new PolicyDocument(
                section("ebb.policy", tree.path("policy"), POLICY),
                sections("ebb.pools", tree.path("pools"), POOL),
                sections("ebb.rules", tree.path("rules"), RULE));
    }

    private static SortedMap<String, SortedMap<String, String>> sections(
            String path, JsonNode node, List<Where> places) {
        var sections = new TreeMap<String, SortedMap<String, String>>();
        object(path, node)
                .forEach((name, section) ->
                        sections.put(name, section(path + "." + name, section, places)));
        return sections;
    }

    private static SortedMap<String, String> section(
            String path, JsonNode node, List<Where> places) {
        var section = new TreeMap<String, String>();
        object(path, node)
                .forEach((name, value) -> {
                    var full = path + "." + name;
                    if (Setting.find(name, places).isEmpty()) {
                        throw new ContradictionException(full + ": there is no such setting");
                    }
                    if (!value.isValueNode() || value.isNull()) {
                        throw new ContradictionException(full + ": expected a text or a number");
                    }
                    section.put(name, value.asText());
                });
        return section;
    }

    private static SortedMap<String, JsonNode> object(String path, JsonNode node) {
        if (!node.isMissingNode() && !node.isObject()) {
            throw new ContradictionException(path + ": expected an object");
        }
        var fields = new TreeMap<String, JsonNode>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
