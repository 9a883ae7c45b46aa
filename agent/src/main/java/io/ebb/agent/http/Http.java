package io.ebb.agent.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 by the JDK's oldest and smallest client: no proxy, no redirects, no retries behind one's
 * back.
 */
public final class Http {
    private static final int LARGEST_BODY = 4 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    static {
        // Else the client repeats a POST on its own when a connection breaks. (To stream the body
        // would prevent that too, but loses the body of a 401.)
        System.setProperty("sun.net.http.retryPost", "false");
        // Seconds; else a kept connection is closed after five, before the next report.
        System.setProperty("http.keepAlive.time.server", "30");
    }

    private final @Nullable Pin pin;

    private Http(@Nullable Pin pin) {
        this.pin = pin;
    }

    /** Without TLS. */
    public static Http plain() {
        return new Http(null);
    }

    /** With TLS to the one server that holds the pinned certificate. */
    public static Http pinned(Pin pin) {
        return new Http(pin);
    }

    /**
     * Sends a request and reads the whole answer, whatever its status.
     *
     * @param wait how long to wait for the answer to come or to go on
     * @throws IOException when there is no whole answer in time
     */
    public Answer get(URI uri, Map<String, String> headers, Duration wait) throws IOException {
        return answer(open(uri, headers, wait));
    }

    /** The same with a body. */
    public Answer post(URI uri, Map<String, String> headers, byte[] body, Duration wait)
            throws IOException {
        HttpURLConnection connection = open(uri, headers, wait);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        try (var out = connection.getOutputStream()) {
            out.write(body);
        } catch (IOException e) {
            connection.disconnect();
            throw e;
        }
        return answer(connection);
    }

    private HttpURLConnection open(URI uri, Map<String, String> headers, Duration wait)
            throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection https) {
            if (pin == null) {
                throw new IOException("no certificate is pinned for " + uri.getAuthority());
            }
            pin.apply(https);
        }
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) Math.min(CONNECT.toMillis(), wait.toMillis()));
        connection.setReadTimeout((int) Math.max(1, wait.toMillis()));
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        try {
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("the answer is no HTTP");
            }
            String etag = connection.getHeaderField("ETag");
            return new Answer(status, etag == null ? "" : etag, body(connection, status));
        } catch (IOException e) {
            connection.disconnect();
            throw e;
        }
    }

    /** Read to its end, or the connection could not be used again. */
    private static String body(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in =
                status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            if (in == null) {
                return "";
            }
            byte[] body = in.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new IOException("the answer is longer than " + LARGEST_BODY + " bytes");
            }
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
