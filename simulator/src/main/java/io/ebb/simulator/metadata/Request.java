package io.ebb.simulator.metadata;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the metadata service is asked.
 *
 * @param path the segments after {@code /metadata}
 * @param query each parameter with all its values
 * @param headers names in lower case
 */
record Request(
        String method,
        List<String> path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String body) {

    static Request of(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(lower(name), String.join(",", values)));
        var segments = new ArrayList<String>();
        for (var segment : uri.getPath().split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        var raw = Optional.ofNullable(uri.getRawQuery()).orElse("");
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Request(exchange.getRequestMethod(), segments, query(raw), headers, body);
    }

    /** The path's segment in lower case, or empty if the path is shorter. */
    String segment(int index) {
        return index < path.size() ? lower(path.get(index)) : "";
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(lower(name)));
    }

    boolean repeatsAParameter() {
        return query.values().stream().anyMatch(values -> values.size() > 1);
    }

    private static Map<String, List<String>> query(String raw) {
        var query = new LinkedHashMap<String, List<String>>();
        for (var part : raw.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                var name = equals < 0 ? part : part.substring(0, equals);
                var value = equals < 0 ? "" : part.substring(equals + 1);
                query.computeIfAbsent(lower(decode(name)), _ -> new ArrayList<>())
                        .add(decode(value));
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a broken escape is not worth more than a wrong value
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
