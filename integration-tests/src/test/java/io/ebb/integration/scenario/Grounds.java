package io.ebb.integration.scenario;

import io.ebb.demo.fleet.Children;
import io.ebb.demo.fleet.FleetException;
import io.ebb.demo.fleet.House;
import io.ebb.demo.fleet.Simulator;
import io.ebb.demo.fleet.Site;
import io.ebb.integration.azure.Az;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Where one fleet stands: ports that nobody else uses, a folder for its logs under {@code target},
 * and its processes, which end with it.
 */
public record Grounds(House house, Site site, Children children) implements AutoCloseable {
    private static final int FIRST = 10_000;
    private static final int STEP = 500;
    private static final int PLACES = 30;

    /** Given away; its processes may not listen yet. */
    private static final Set<Site> TAKEN = new HashSet<>();

    /**
     * Takes possession of a place.
     *
     * @param name of the folder for logs
     */
    public static Grounds take(String name) {
        var house = House.here();
        Path folder = house.root().resolve("integration-tests/target/scenarios").resolve(name);
        var children = new Children();
        // A run that is broken off leaves nothing behind either.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(children::close));
        return new Grounds(house.writingTo(folder), free(), children);
    }

    /** What {@code az} is to an operator. */
    public Az az(Simulator simulator) {
        return new Az("https://127.0.0.1:" + site.armPort(), simulator.certificate());
    }

    private static Site free() {
        synchronized (TAKEN) {
            for (int place = 0; place < PLACES - 1; place++) {
                var site = new Site(FIRST + place * STEP);
                if (!TAKEN.contains(site) && isFree(site)) {
                    TAKEN.add(site);
                    return site;
                }
            }
        }
        var last = new Site(FIRST + PLACES * STEP);
        last.checkFree();
        return last;
    }

    private static boolean isFree(Site site) {
        try {
            site.checkFree();
            return true;
        } catch (FleetException e) {
            return false;
        }
    }

    @Override
    public void close() {
        children.close();
        synchronized (TAKEN) {
            TAKEN.remove(site);
        }
    }
}
