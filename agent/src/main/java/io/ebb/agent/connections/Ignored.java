package io.ebb.agent.connections;

import io.ebb.agent.Log;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Remote addresses that are not counted: those of the agent's own setting and those wished for. */
final class Ignored {
    private final List<Cidr> own;
    private List<String> texts = List.of();
    private List<Cidr> wished = List.of();

    /** Nothing is wished for yet. */
    Ignored(List<Cidr> own) {
        this.own = List.copyOf(own);
    }

    /**
     * Replaces what is wished for. A range that cannot be read is logged and left out: its
     * connections count, which delays an approval and never hurries one.
     *
     * @return whether a range is gone, so that more may be counted than before
     */
    boolean wish(List<String> ranges) {
        if (ranges.equals(texts)) {
            return false;
        }
        List<Cidr> readable = new ArrayList<>();
        for (String range : ranges) {
            try {
                readable.add(Cidr.of(range));
            } catch (IllegalArgumentException e) {
                Log.warn(
                        "not ignoring connections from \""
                                + range
                                + "\", which the orchestrator wishes: not a range of addresses: "
                                + e.getMessage());
            }
        }
        boolean gone = !readable.containsAll(wished);
        texts = List.copyOf(ranges);
        wished = readable;
        return gone;
    }

    boolean contains(InetAddress address) {
        return own.stream().anyMatch(range -> range.contains(address))
                || wished.stream().anyMatch(range -> range.contains(address));
    }
}
