package io.ebb.agent.connections;

import io.ebb.protocol.Report;
import io.ebb.protocol.Report.Remote;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The count of one port while the tables are read. */
final class Count {
    private static final int MOST_REMOTES = 5;

    private final int port;
    private final Map<InetAddress, Integer> remotes = new HashMap<>();
    private int connections;
    private int leaking;

    Count(int port) {
        this.port = port;
    }

    void add(Row row) {
        connections++;
        remotes.merge(row.remote(), 1, Integer::sum);
    }

    void addLeaking() {
        leaking++;
    }

    Report.Port port() {
        List<Remote> most =
                remotes.entrySet().stream()
                        .map(each -> new Remote(each.getKey().getHostAddress(), each.getValue()))
                        .sorted(
                                Comparator.comparingInt(Remote::connections)
                                        .reversed()
                                        .thenComparing(Remote::address))
                        .limit(MOST_REMOTES)
                        .toList();
        return new Report.Port(port, connections, leaking, most);
    }
}
