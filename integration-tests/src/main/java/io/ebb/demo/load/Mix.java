package io.ebb.demo.load;

import io.ebb.demo.load.Lane.Style;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The mixture of requests. Each source has four lanes: quick requests on new connections, quick
 * ones on a kept connection, and slow ones of up to 3 s on both.
 */
public final class Mix {
    private static final List<Ask> QUICK =
            List.of(new Ask(0, 512), new Ask(10, 2048), new Ask(0, 512), new Ask(25, 16_384));
    private static final List<Ask> SLOW =
            List.of(
                    new Ask(500, 512),
                    new Ask(3000, 1024),
                    new Ask(1000, 512),
                    new Ask(2000, 4096));
    private static final List<Ask> BRIEF = List.of(new Ask(500, 1024));

    private Mix() {}

    /** 24 sources, 7.29 requests a second each: 175 requests a second in all. */
    public static List<Lane> full() {
        return lanes(24, 3, 4);
    }

    /** 24 sources with 2.29 requests a second each: 55 requests a second in all. */
    public static List<Lane> third() {
        return lanes(24, 1, 1);
    }

    /** 24 sources with two quick requests a second each, for a load that ends when it is told. */
    public static List<Lane> quick() {
        var lanes = new ArrayList<Lane>();
        for (int i = 0; i < 24; i++) {
            lanes.add(lane(i, source(i + 1), Style.SHORT, 0.5, turned(QUICK, i)));
        }
        return List.copyOf(lanes);
    }

    /**
     * The same rate without long answers: half a second at most, and kept connections that are used
     * every other second, so that a VM which drains is empty within seconds.
     */
    public static List<Lane> brief() {
        var lanes = new ArrayList<Lane>();
        for (int i = 0; i < 24; i++) {
            var source = source(i + 1);
            lanes.add(lane(lanes.size(), source, Style.SHORT, 1, turned(QUICK, i)));
            lanes.add(lane(lanes.size(), source, Style.KEEP_ALIVE, 1, turned(QUICK, i)));
            lanes.add(lane(lanes.size(), source, Style.KEEP_ALIVE, 2, BRIEF));
        }
        return List.copyOf(lanes);
    }

    /** 24 sources with about one request a second each, for a fleet that is left running. */
    public static List<Lane> light() {
        return lanes(24, 0.4, 0.4);
    }

    /** The rate of these lanes together, in requests a second. */
    public static double rate(List<Lane> lanes) {
        return lanes.stream().mapToDouble(lane -> 1e9 / lane.period().toNanos()).sum();
    }

    private static List<Lane> lanes(int sources, double shortRate, double keptRate) {
        var lanes = new ArrayList<Lane>();
        for (int i = 0; i < sources; i++) {
            var source = source(i + 1);
            var slow = turned(SLOW, i);
            lanes.add(lane(lanes.size(), source, Style.SHORT, 1 / shortRate, turned(QUICK, i)));
            lanes.add(lane(lanes.size(), source, Style.KEEP_ALIVE, 1 / keptRate, turned(QUICK, i)));
            lanes.add(lane(lanes.size(), source, Style.SHORT, 6, slow));
            lanes.add(lane(lanes.size(), source, Style.KEEP_ALIVE, 8, slow));
        }
        return List.copyOf(lanes);
    }

    private static Lane lane(
            int n, InetAddress source, Style style, double seconds, List<Ask> asks) {
        // The golden ratio spreads the first requests evenly over the period, for any number of
        // lanes.
        double share = n * 0.618_033_988_75 % 1;
        return new Lane(source, style, seconds(seconds * share), seconds(seconds), asks);
    }

    private static List<Ask> turned(List<Ask> asks, int by) {
        var turned = new ArrayList<>(asks);
        Collections.rotate(turned, by);
        return turned;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static InetAddress source(int last) {
        return InetAddress.ofLiteral("127.0.2." + last);
    }
}
