package io.ebb.orchestrator.pool;

import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.protocol.Wish;
import java.util.List;
import java.util.Optional;

/** What there is: the VMs that Ebb looks after, and the pools they serve. */
public interface Inventory {
    /** Stands among a pool's ports for: every port that a VM listens on (an HA ports rule). */
    int EVERY_PORT = Wish.EVERY_PORT;

    /**
     * Reads it anew.
     *
     * @throws CloudException when it cannot be read; what was known before stays true
     */
    Fleet read();

    /** All VMs and pools. */
    record Fleet(List<KnownVm> vms, List<KnownPool> pools) {
        public Fleet {
            vms = List.copyOf(vms);
            pools = List.copyOf(pools);
        }
    }

    /**
     * A VM.
     *
     * @param name its resource name, which is what events call it
     * @param resourceId its ARM id
     * @param scopeUnit the resource id of its availability set, or its own: whose events its
     *     metadata service shows
     * @param nics the ARM ids of its network interfaces
     * @param domain the update domain of its availability set, if it has one
     * @param running whether Azure calls it running; empty when Azure does not say
     */
    record KnownVm(
            VmId id,
            String name,
            String resourceId,
            String scopeUnit,
            List<String> nics,
            Optional<String> domain,
            Optional<Boolean> running) {
        public KnownVm {
            nics = List.copyOf(nics);
        }

        /** One of which Azure said no more than that it is there. */
        public KnownVm(
                VmId id, String name, String resourceId, String scopeUnit, List<String> nics) {
            this(id, name, resourceId, scopeUnit, nics, Optional.empty(), Optional.empty());
        }

        /** The same without what comes and goes by itself: whether it runs. */
        KnownVm lasting() {
            return new KnownVm(id, name, resourceId, scopeUnit, nics, domain, Optional.empty());
        }
    }

    /**
     * A backend pool.
     *
     * @param resourceId as ARM writes it
     * @param ports backend ports of its rules that carry TCP, sorted; 0 stands for every port (an
     *     HA-ports rule)
     * @param udpOnly whether it has rules, and none of them carries TCP
     * @param probes of its rules; empty for a rule without one
     * @param outbound why a VM that leaves it loses its way out, if so
     */
    record KnownPool(
            PoolId id,
            String resourceId,
            List<Integer> ports,
            boolean udpOnly,
            List<Probe> probes,
            boolean everyRuleProbed,
            Optional<String> outbound) {
        public KnownPool {
            ports = List.copyOf(ports);
            probes = List.copyOf(probes);
        }
    }

    /**
     * A health probe of a pool's rule.
     *
     * @param protocol {@code Http}, {@code Https} or {@code Tcp}
     * @param path empty for TCP
     * @param intervalSeconds between two probes
     * @param threshold failures in a row that take a member out
     */
    record Probe(String protocol, int port, String path, int intervalSeconds, int threshold) {}
}
