package io.ebb.integration.artefact;

import io.ebb.demo.fleet.House;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An orchestrator's process with settings that an artefact makes.
 *
 * @param url as it announced it
 * @param data its data folder
 */
record Running(Process process, String url, Path data) implements AutoCloseable {
    private static final String READY = "orchestrator ready: ";

    /**
     * Starts one, and waits until it serves.
     *
     * @param data its data folder, which it makes
     */
    static Running start(Path data, Map<String, String> environment) throws IOException {
        var jar = House.here().root().resolve("orchestrator/target/ebb-orchestrator.jar");
        var builder =
                new ProcessBuilder(
                        tool("java"),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString());
        builder.environment().putAll(environment);
        builder.environment().put("EBB_DATA", data.toString());
        builder.redirectErrorStream(true);
        var process = builder.start();
        try {
            return new Running(process, announced(process.inputReader()), data);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** A program of this process's own JDK. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String announced(BufferedReader said) throws IOException {
        var all = new StringBuilder();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> drop(said));
                return line.substring(READY.length());
            }
            all.append(line).append('\n');
        }
        throw new IOException("it did not start: " + all);
    }

    /** What it says from now on must not fill the pipe and hold it up. */
    private static void drop(BufferedReader said) {
        try {
            said.lines().forEach(_ -> {});
        } catch (UncheckedIOException e) {
            // The process has ended, and with it what it had to say.
        }
    }

    /** What a GET without a token is answered with. */
    int status(String path) throws IOException, InterruptedException, GeneralSecurityException {
        try (var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url + path)).build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        var password = Files.readString(data.resolve("server.p12.password")).strip().toCharArray();
        var own = KeyStore.getInstance(data.resolve("server.p12").toFile(), password);
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (var alias : List.of(own.aliases().nextElement())) {
            trusted.setCertificateEntry(alias, Objects.requireNonNull(own.getCertificate(alias)));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
