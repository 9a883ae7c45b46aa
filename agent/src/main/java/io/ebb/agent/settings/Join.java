package io.ebb.agent.settings;

import java.net.URI;
import java.util.HexFormat;

/**
 * What an operator hands to an agent, {@code https://host:port#<fingerprint>.<token>}.
 *
 * @param orchestrator its address
 * @param fingerprint SHA-256 of its certificate in DER, 64 hexadecimal digits
 * @param token shows who this agent is; a secret
 */
public record Join(URI orchestrator, String fingerprint, String token) {

    /** The fingerprint as 32 bytes. */
    public byte[] sha256() {
        return HexFormat.of().parseHex(fingerprint);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return orchestrator + "#" + fingerprint + ".(token)";
    }
}
