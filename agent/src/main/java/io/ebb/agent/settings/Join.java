package io.ebb.agent.settings;

import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an operator hands to an agent, {@code https://host:port#<fingerprint>.<token>}.
 *
 * @param orchestrators the addresses of its replicas, parted by commas; any of them will do
 * @param fingerprint SHA-256 of the certificate that they share, in DER, 64 hexadecimal digits
 * @param token shows who this agent is; a secret
 */
public record Join(List<URI> orchestrators, String fingerprint, String token) {
    public Join {
        orchestrators = List.copyOf(orchestrators);
    }

    /** The fingerprint as 32 bytes. */
    public byte[] sha256() {
        return HexFormat.of().parseHex(fingerprint);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        var addresses = orchestrators.stream().map(URI::toString).collect(Collectors.joining(","));
        return addresses + "#" + fingerprint + ".(token)";
    }
}
