package io.ebb.simulator.arm;

import io.ebb.simulator.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bearer tokens of the scenario's tenant. Everything that issues them in one simulator makes the
 * same ones, because the key follows from the tenant: they keep out mistakes, not attackers.
 */
public final class Tokens {
    /** How long a token is good. */
    public static final Duration LIFETIME = Duration.ofMinutes(60);

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Scenario scenario;
    private final InstantSource time;

    public Tokens(Scenario scenario, InstantSource time) {
        this.scenario = scenario;
        this.time = time;
    }

    /** A JSON web token for a client, good for an hour. */
    public String issue(String client, String audience) {
        Instant now = time.instant();
        var claims =
                Json.object()
                        .put("aud", audience)
                        .put("iss", "https://sts.windows.net/" + scenario.tenant() + "/")
                        .put("iat", now.getEpochSecond())
                        .put("nbf", now.getEpochSecond())
                        .put("exp", now.plus(LIFETIME).getEpochSecond())
                        .put("appid", client)
                        .put("tid", scenario.tenant());
        var header = Json.object().put("typ", "JWT").put("alg", "HS256");
        var signed =
                ENCODER.encodeToString(Json.write(header))
                        + "."
                        + ENCODER.encodeToString(Json.write(claims));
        return signed + "." + ENCODER.encodeToString(sign(signed));
    }

    /** Whether a token is one of ours and still good. */
    public boolean accepts(String token) {
        int dot = token.lastIndexOf('.');
        int first = token.indexOf('.');
        if (first < 0 || first == dot) {
            return false;
        }
        try {
            var decoder = Base64.getUrlDecoder();
            var signature = decoder.decode(token.substring(dot + 1));
            if (!MessageDigest.isEqual(signature, sign(token.substring(0, dot)))) {
                return false;
            }
            var claims = Json.read(text(decoder.decode(token.substring(first + 1, dot))));
            return claims.path("exp").asLong() > time.instant().getEpochSecond();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(scenario.tenant()), "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
