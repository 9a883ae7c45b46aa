package io.ebb.simulator.balancer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Greets with its address and the client's, then echoes until the client is done. */
final class EchoBackend implements AutoCloseable {
    private final ServerSocket server = new ServerSocket();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    EchoBackend(String address, int port) throws IOException {
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(address, port));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> echo(socket));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            var greeting =
                    socket.getLocalAddress().getHostAddress()
                            + " sees "
                            + socket.getInetAddress().getHostAddress()
                            + "\n";
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // A reset is how some of these tests end a flow.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
