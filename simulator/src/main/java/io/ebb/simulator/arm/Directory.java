package io.ebb.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.simulator.scenario.Scenario;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The token endpoint of the tenant, and the documents that clients read on the way to it. */
final class Directory {
    private final Scenario scenario;
    private final Tokens tokens;

    Directory(Scenario scenario, Tokens tokens) {
        this.scenario = scenario;
        this.tokens = tokens;
    }

    Answer answer(Request request) {
        var path = request.path();
        if (path.endsWith("/oauth2/v2.0/token") && request.method().equals("POST")) {
            return token(request);
        }
        if (path.endsWith("/v2.0/.well-known/openid-configuration")) {
            return Answer.of(200, openId(request.base()));
        }
        if (path.endsWith("/discovery/instance")) {
            return Answer.of(200, instances(request.base()));
        }
        throw Refusal.notFound("NotFound", "Nothing is at " + path + ".");
    }

    private Answer token(Request request) {
        var tenant = request.segments().get(1);
        if (!tenant.equalsIgnoreCase(scenario.tenant())) {
            return error(400, "invalid_request", "AADSTS90002: Tenant '" + tenant + "' not found.");
        }
        var form = form(request.body());
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return error(400, "unsupported_grant_type", "AADSTS70003: grant_type is not played.");
        }
        var client = form.getOrDefault("client_id", "");
        var proof = form.getOrDefault("client_secret", form.getOrDefault("client_assertion", ""));
        if (client.isEmpty() || proof.isEmpty()) {
            return error(401, "invalid_client", "AADSTS7000216: client_id and a proof are needed.");
        }
        var seconds = Tokens.LIFETIME.toSeconds() - 1;
        return Answer.of(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", seconds)
                        .put("ext_expires_in", seconds)
                        .put("access_token", tokens.issue(client, form.getOrDefault("scope", ""))));
    }

    private ObjectNode openId(String base) {
        var tenant = base + "/" + scenario.tenant();
        return Json.object()
                .put("issuer", tenant + "/v2.0")
                .put("token_endpoint", tenant + "/oauth2/v2.0/token")
                .put("authorization_endpoint", tenant + "/oauth2/v2.0/authorize");
    }

    private ObjectNode instances(String base) {
        var host = base.substring("https://".length());
        var document =
                Json.object()
                        .put(
                                "tenant_discovery_endpoint",
                                base
                                        + "/"
                                        + scenario.tenant()
                                        + "/v2.0/.well-known/openid-configuration");
        var entry = document.putArray("metadata").addObject();
        entry.put("preferred_network", host).put("preferred_cache", host);
        entry.putArray("aliases").add(host);
        return document;
    }

    private static Answer error(int status, String code, String description) {
        return Answer.of(
                status, Json.object().put("error", code).put("error_description", description));
    }

    private static Map<String, String> form(String body) {
        var fields = new HashMap<String, String>();
        for (var pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
