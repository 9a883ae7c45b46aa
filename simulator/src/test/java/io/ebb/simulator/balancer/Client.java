package io.ebb.simulator.balancer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client with a source address of its own. */
final class Client implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader reader;

    Client(String source, InetSocketAddress frontend) throws IOException {
        socket.bind(new InetSocketAddress(source, 0));
        socket.connect(frontend, 5000);
        socket.setSoTimeout(10_000);
        reader =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** The greeting of the backend. */
    String greeting() throws IOException {
        return String.valueOf(reader.readLine());
    }

    /** The backend's address. */
    String backend() throws IOException {
        return greeting().split(" ", -1)[0];
    }

    String echo(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        return String.valueOf(reader.readLine());
    }

    /** Says that nothing more comes. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether the flow was broken off, not ended. */
    boolean wasReset() {
        try {
            reader.transferTo(Writer.nullWriter());
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    String rest() throws IOException {
        return String.valueOf(reader.readLine());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
