package io.ebb.simulator.balancer;

import io.ebb.simulator.scenario.LoadBalancer.Distribution;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses a backend by rendezvous hashing: when a member goes, only its own clients move, and they
 * come back when it does.
 */
final class Affinity {
    private final Distribution distribution;

    Affinity(Distribution distribution) {
        this.distribution = distribution;
    }

    /** One of the candidates, the same one for the same flow; empty if there is none. */
    <T> Optional<T> choose(
            List<T> candidates,
            Function<T, String> name,
            InetSocketAddress client,
            InetSocketAddress frontend) {
        var flow = flow(client, frontend);
        return candidates.stream()
                .max(
                        Comparator.comparingLong(
                                (T candidate) -> hash(flow + '|' + name.apply(candidate))));
    }

    private String flow(InetSocketAddress client, InetSocketAddress frontend) {
        var from = client.getAddress().getHostAddress();
        var to = frontend.getAddress().getHostAddress();
        return switch (distribution) {
            case SourceIP -> from + '>' + to;
            case Default ->
                    from + ':' + client.getPort() + '>' + to + ':' + frontend.getPort() + "/tcp";
        };
    }

    /** FNV-1a, finished by a mixer: neighbouring addresses must not end up at one backend. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
