package io.ebb.orchestrator.identity;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the orchestrator serves, and where it keeps what is its own.
 *
 * @param host the address it listens on
 * @param port the port it listens on, HTTPS only
 * @param data the folder with the ledger, the key store and the operator's token
 * @param publicNames host names or addresses under which agents reach it; the first one goes into
 *     the line that enrols an agent
 * @param publicUrl what agents are told instead, when a proxy passes their TLS through
 * @param operatorToken {@code keep}, or {@code renew} to replace a lost {@code operator.token} at
 *     this start
 */
@ConfigurationProperties("ebb")
public record Serving(
        @Bindable(defaultValue = "127.0.0.1") String host,
        @Bindable(defaultValue = "8400") int port,
        @Bindable(defaultValue = "./ebb-data") String data,
        @Bindable(defaultValue = "") List<String> publicNames,
        Optional<String> publicUrl,
        @Bindable(defaultValue = "keep") TokenFile operatorToken) {

    /** What happens to the operator's token at start. */
    public enum TokenFile {
        /** It is made once. */
        KEEP,
        /** It is made anew; the former one is void. */
        RENEW
    }

    public Serving {
        publicNames = publicNames.stream().filter(name -> !name.isBlank()).toList();
    }

    /** The data folder. */
    public Path folder() {
        return Path.of(data);
    }

    /** Makes the data folder, for the own user only, if it is not there. */
    public void prepare() {
        PrivateFiles.folder(folder());
    }

    /**
     * What agents are told to report to.
     *
     * @param port the port that is served
     */
    public String urlForAgents(int port) {
        return publicUrl
                .map(url -> url.replaceAll("/+$", ""))
                .orElseGet(() ->
                        url(publicNames.isEmpty() ? reachable() : publicNames.getFirst(), port));
    }

    /**
     * Where a client on the same machine reaches it.
     *
     * @param port the port that is served
     */
    public String urlForThisMachine(int port) {
        return url(reachable(), port);
    }

    /** Nobody can connect to the wildcard address. */
    private String reachable() {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "::1";
            default -> host;
        };
    }

    private static String url(String host, int port) {
        var literal = host.contains(":") && !host.startsWith("[");
        return "https://" + (literal ? "[" + host + "]" : host) + ":" + port;
    }
}
