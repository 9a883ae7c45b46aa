package io.ebb.agent.connections;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * {@code tcp} and {@code tcp6} of {@code /proc/self/net}, the reader's own network namespace. The
 * second is needed for IPv4 too: clients of a listener on both stacks appear only there, as {@code
 * ::ffff:a.b.c.d}. A table may have tens of thousands of lines, so only the wanted ones become
 * objects.
 */
final class KernelTables {
    /** Which lines are wanted. */
    @FunctionalInterface
    interface Wanted {
        boolean test(int localPort, int state);
    }

    private final Path folder;

    KernelTables(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the wanted rows.
     *
     * @throws IOException when the tables are not there or are not what the kernel writes
     */
    void read(Wanted wanted, Consumer<Row> rows) throws IOException {
        read(folder.resolve("tcp"), wanted, rows);
        try {
            read(folder.resolve("tcp6"), wanted, rows);
        } catch (NoSuchFileException e) {
            // A kernel without IPv6 has no such table, and then no such connections.
            return;
        }
    }

    private static void read(Path table, Wanted wanted, Consumer<Row> rows) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                try {
                    row(line, wanted, rows);
                } catch (RuntimeException e) {
                    throw new IOException("reading " + table + ": cannot read: " + line, e);
                }
            }
        }
    }

    /** {@code sl: local:port remote:port state tx_queue:rx_queue ...}, all in hexadecimal. */
    private static void row(String line, Wanted wanted, Consumer<Row> rows) {
        int local = line.indexOf(':') + 2;
        int localPort = line.indexOf(':', local);
        int remote = localPort + 6;
        int port = hex(line, localPort + 1, remote - 1);
        int remotePort = line.indexOf(':', remote);
        int at = remotePort + 6;
        int state = hex(line, at, at + 2);
        if (!wanted.test(port, state)) {
            return;
        }
        int queues = at + 3;
        rows.accept(
                new Row(
                        address(line, local, localPort),
                        port,
                        address(line, remote, remotePort),
                        hex(line, remotePort + 1, at - 1),
                        state,
                        Long.parseLong(line, queues, queues + 8, 16),
                        Long.parseLong(line, queues + 9, queues + 17, 16),
                        line.substring(local, queues + 17)));
    }

    private static int hex(String line, int from, int to) {
        return Integer.parseInt(line, from, to, 16);
    }

    /** Words of 32 bits, each in the machine's own byte order; Java undoes the mapping itself. */
    private static InetAddress address(String line, int from, int to) {
        byte[] bytes = new byte[(to - from) / 2];
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        for (int i = 0; i < bytes.length; i++) {
            int at = little ? (i & ~3) + 3 - (i & 3) : i;
            bytes[at] = (byte) hex(line, from + 2 * i, from + 2 * i + 2);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }
}
