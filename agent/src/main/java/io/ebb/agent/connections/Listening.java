package io.ebb.agent.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The ports that this VM listens on, where a rule balances every port. A listener that only
 * loopback reaches is left out: no flow of a load balancer ends there.
 */
public final class Listening {
    private final KernelTables tables;
    private final List<InetAddress> localAddresses;
    private final Set<Integer> leftOut;

    /**
     * Looks at nothing yet.
     *
     * @param folder usually {@code /proc/self/net}
     * @param localAddresses only listeners that these addresses reach; when empty, all that some
     *     address but loopback reaches
     * @param leftOut ports that are not meant
     */
    public Listening(Path folder, List<InetAddress> localAddresses, Collection<Integer> leftOut) {
        tables = new KernelTables(folder);
        this.localAddresses = List.copyOf(localAddresses);
        this.leftOut = Set.copyOf(leftOut);
    }

    /**
     * Which they are now.
     *
     * @throws IOException when the kernel's tables cannot be read
     */
    public SortedSet<Integer> ports() throws IOException {
        SortedSet<Integer> ports = new TreeSet<>();
        tables.read(
                (port, state) -> state == Row.LISTEN && !leftOut.contains(port),
                row -> {
                    if (isReachable(row.local())) {
                        ports.add(row.localPort());
                    }
                });
        return ports;
    }

    private boolean isReachable(InetAddress local) {
        return localAddresses.isEmpty()
                ? !local.isLoopbackAddress()
                : local.isAnyLocalAddress() || localAddresses.contains(local);
    }
}
