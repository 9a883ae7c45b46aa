package io.ebb.agent.probe;

import io.ebb.agent.Log;
import io.ebb.protocol.Report.Probe;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A few lines of HTTP that say one thing: 200, or 503 with the reason. */
public final class ProbeServer implements Closeable {
    private static final int PATIENCE_MS = 2000;
    private static final int MOST_AT_ONCE = 16;
    private static final int LONGEST_HEAD = 8192;

    private final ServerSocket server;
    private final String path;
    private final Verdict verdict;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    private ProbeServer(ServerSocket server, String path, Verdict verdict) {
        this.server = server;
        this.path = path;
        this.verdict = verdict;
    }

    /**
     * Listens and answers until closed.
     *
     * @throws IOException when the port cannot be had
     */
    public static ProbeServer start(ProbeAddress at, Verdict verdict) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(at.address(), at.port()), 50);
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "listening on "
                            + at.address().getHostAddress()
                            + ":"
                            + at.port()
                            + ": "
                            + e.getMessage(),
                    e);
        }
        var probe = new ProbeServer(socket, at.path(), verdict);
        Thread.ofPlatform().daemon().name("probe").start(probe::accept);
        return probe;
    }

    /** As it is reported. */
    public Probe report() {
        return new Probe(server.getLocalPort(), path, verdict.passing(), verdict.steadyFor());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                places.acquire();
                Thread.ofPlatform().daemon().name("probe answer").start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    Log.warn("accepting a probe: " + e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(PATIENCE_MS);
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1),
                            512);
            String request = in.readLine();
            int length = 0;
            for (String line = in.readLine();
                    line != null && !line.isEmpty() && length < LONGEST_HEAD;
                    line = in.readLine()) {
                length += line.length();
            }
            if (request != null) {
                socket.getOutputStream()
                        .write(answer(request).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // Whoever asked has gone or is too slow, and will ask again: there is nobody to tell.
            return;
        } finally {
            places.release();
        }
    }

    private String answer(String request) {
        boolean head = request.startsWith("HEAD ");
        if (!head && !request.startsWith("GET ")) {
            return answer("405 Method Not Allowed", "only GET and HEAD are answered here", head);
        }
        int from = request.indexOf(' ') + 1;
        int to = request.indexOf(' ', from);
        String asked = request.substring(from, to < 0 ? request.length() : to);
        int query = asked.indexOf('?');
        if (!(query < 0 ? asked : asked.substring(0, query)).equals(path)) {
            return answer("404 Not Found", "only " + path + " is answered here", head);
        }
        Optional<String> against = verdict.against();
        return against.isEmpty()
                ? answer("200 OK", "passing", head)
                : answer("503 Service Unavailable", against.get(), head);
    }

    private static String answer(String status, String body, boolean head) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return "HTTP/1.1 "
                + status
                + "\r\nContent-Type: text/plain\r\nCache-Control: no-store\r\nConnection: close"
                + ("\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                + (head ? "" : body);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
