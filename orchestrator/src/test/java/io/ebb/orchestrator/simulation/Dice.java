package io.ebb.orchestrator.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of a run, from its seed. */
final class Dice {
    private final SplittableRandom random;
    private final double severity;
    private boolean calm;

    Dice(long seed) {
        random = new SplittableRandom(seed);
        severity = new double[] {0, 0.3, 1, 1, 2}[random.nextInt(5)];
    }

    /** From now on nothing goes wrong any more. */
    void calm() {
        calm = true;
    }

    /** Whether something goes wrong that does so this often in an ordinary run. */
    boolean fault(double probability) {
        return !calm && severity > 0 && random.nextDouble() < probability * severity;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both ends included. */
    long between(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
