package io.ebb.simulator.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.simulator.scenario.LoadBalancer.Distribution;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AffinityTest {
    private static final InetSocketAddress FRONTEND =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    private static final List<String> ALL = List.of("a", "b", "c");

    @Test
    void bySourceAddressThePortDoesNotMatter() {
        var chosen =
                IntStream.range(1000, 1100)
                        .mapToObj(port -> choose(Distribution.SourceIP, ALL, "127.0.9.9", port))
                        .collect(Collectors.toSet());

        assertThat(chosen).hasSize(1);
    }

    @Test
    void byFiveTupleTheConnectionsOfOneClientAreSpread() {
        var shares =
                IntStream.range(1000, 4000)
                        .mapToObj(port -> choose(Distribution.Default, ALL, "127.0.9.9", port))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(shares.values())
                .hasSize(3)
                .allSatisfy(n -> assertThat(n).isBetween(900L, 1100L));
    }

    @Test
    void twentyNeighbouringClientsReachEveryBackend() {
        var seen = new HashMap<String, Integer>();
        for (int i = 1; i <= 20; i++) {
            seen.merge(choose(Distribution.SourceIP, ALL, "127.0.2." + i, 1), 1, Integer::sum);
        }

        assertThat(seen).containsOnlyKeys(ALL);
    }

    @Test
    void withNoCandidateThereIsNoChoice() {
        var affinity = new Affinity(Distribution.Default);
        assertThat(affinity.choose(List.<String>of(), s -> s, FRONTEND, FRONTEND)).isEmpty();
    }

    private static String choose(
            Distribution distribution, List<String> candidates, String client, int port) {
        return new Affinity(distribution)
                .choose(candidates, s -> s, new InetSocketAddress(client, port), FRONTEND)
                .orElseThrow();
    }
}
