package io.ebb.integration.crash;

import io.ebb.demo.fleet.Site;
import io.ebb.demo.load.Ask;
import io.ebb.demo.load.Lane;
import io.ebb.demo.load.OpenLoop;
import io.ebb.integration.azure.Az;
import io.ebb.integration.crash.CrashPage.Row;
import io.ebb.integration.scenario.FlowCount;
import io.ebb.integration.scenario.Grounds;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One Ebb that is killed and paused again and again, each time at another point. Without {@code
 * -Pfull} only at some, chosen by {@code -Debb.seed}; or at those whose name matches {@code
 * -Debb.points}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class CrashTrials {
    /** Short, so that a trial is; the take-over with the usual one is measured by another test. */
    static final Map<String, String> LEASE = Map.of("EBB_LEASE", "3s");

    private static final boolean FULL = Boolean.getBoolean("ebb.full");
    private static final String CHOSEN = System.getProperty("ebb.points", "");
    private static final long SEED = Long.getLong("ebb.seed", 1);
    private static final int SAMPLE = 2;

    private final String store;
    private final int replicas;
    private final List<Row> rows = new ArrayList<>();
    private Grounds grounds;
    private Ebb ebb;
    private Az az;
    private FlowCount flows;
    private OpenLoop load;

    CrashTrials(String store, int replicas) {
        this.store = store;
        this.replicas = replicas;
    }

    abstract Ebb start(Grounds ground);

    Stream<CrashPoint> points() {
        if (!CHOSEN.isEmpty()) {
            return CrashPoint.all(replicas)
                    .filter(point -> point.toString().matches(".*(" + CHOSEN + ").*"));
        }
        if (FULL) {
            return CrashPoint.all(replicas);
        }
        var random = new Random(SEED);
        return Stream.concat(
                sample(CrashPoint.kills(replicas), SAMPLE, random),
                sample(CrashPoint.pauses(), 1, random));
    }

    private static Stream<CrashPoint> sample(Stream<CrashPoint> points, int size, Random random) {
        var shuffled = points.collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(shuffled, random);
        return shuffled.stream().limit(size);
    }

    @BeforeAll
    @Timeout(240)
    void start() {
        System.out.println("crash points on " + store + ": seed " + SEED + ", all: " + FULL);
        grounds = Grounds.take("crash-" + store.toLowerCase(Locale.ROOT));
        ebb = start(grounds);
        az = grounds.az(ebb.simulator());
        flows = new FlowCount(ebb.simulator());
        load = OpenLoop.start(grounds.site().frontend(), clients());
    }

    /** Six clients, each with a connection that it keeps. */
    private static List<Lane> clients() {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(n ->
                        new Lane(
                                InetAddress.ofLiteral("127.0.2." + n),
                                Lane.Style.KEEP_ALIVE,
                                Duration.ofMillis(50L * n),
                                Duration.ofMillis(300),
                                List.of(new Ask(20, 512))))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("points")
    void theVmIsPutBackAndItsEventApprovedOnceAndNotEarly(CrashPoint point) {
        int number = rows.size();
        var vm = Site.VMS.get(number % Site.VMS.size());
        var type = number % 2 == 0 ? "Freeze" : "Reboot";
        var cause = point.story().isOperators() ? "operator" : type;
        try {
            var times = new Trial(ebb, az, flows, load::take).run(point, type, vm);
            rows.add(Row.passed(point, cause, times));
        } catch (AssertionError e) {
            rows.add(Row.failed(point, cause, e));
            throw e;
        } finally {
            if (FULL && CHOSEN.isEmpty()) {
                CrashPage.write(store, rows);
            }
        }
        System.out.println(store + ": " + rows.getLast());
    }

    @AfterAll
    void stop() {
        if (load != null) {
            load.close();
        }
        if (flows != null) {
            flows.close();
        }
        if (az != null) {
            az.close();
        }
        if (grounds != null) {
            grounds.close();
        }
    }
}
