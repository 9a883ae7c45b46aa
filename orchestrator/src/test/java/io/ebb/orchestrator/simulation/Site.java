package io.ebb.orchestrator.simulation;

import io.ebb.orchestrator.control.Crew;
import io.ebb.orchestrator.fleet.Reception;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.protocol.Report;
import io.ebb.protocol.Wish;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** One process of the orchestrator: its threads are played as events, and it may be killed. */
final class Site {
    private final String name;
    private final Clockwork clock;
    private final Dice dice;
    private final Crew crew;
    private final Runnable onDeath;
    private boolean dead;
    private boolean held;

    /**
     * Starts it.
     *
     * @param making makes the process, with an executor for its lanes
     */
    Site(
            String name,
            Clockwork clock,
            Dice dice,
            Function<Site, Function<Executor, Crew>> making,
            Runnable onDeath) {
        this.name = name;
        this.clock = clock;
        this.dice = dice;
        this.onDeath = onDeath;
        this.crew = making.apply(this).apply(this::lane);
        clock.tell("%s starts", name);
        clock.in(0, () -> alive(this::inventory));
        clock.in(0, () -> alive(this::look));
        clock.in(100, () -> alive(this::turn));
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return dead;
    }

    /** A process that is held up does nothing and answers nobody. */
    boolean answers() {
        return !dead && !held;
    }

    private void alive(Runnable work) {
        if (dead) {
            return;
        }
        if (held) {
            clock.in(500, () -> alive(work));
            return;
        }
        try {
            work.run();
        } catch (Crash e) {
            clock.tell("%s was killed", name);
        }
    }

    private void lane(Runnable write) {
        clock.in(dice.fault(0.05) ? dice.between(500, 9000) : 1, () -> alive(write));
    }

    private void turn() {
        var plans = true;
        try {
            plans = crew.turn(name);
            // It is written nowhere what is seen then; a few looks show whether that is so.
            if (!plans && dice.chance(0.07)) {
                crew.watch();
            }
        } catch (Ledger.LeaseLostException | Ledger.SpokenMeanwhileException e) {
            clock.tell("%s: %s", name, e.toString());
        }
        clock.in(pause(plans), () -> alive(this::turn));
    }

    /** Who stands by asks for the lease about once a second. */
    private long pause(boolean plans) {
        if (!plans) {
            return dice.between(700, 1500);
        }
        return crew.isIdle() ? dice.between(1500, 3000) : dice.between(400, 1600);
    }

    private void look() {
        crew.look();
        clock.in(500, () -> alive(this::look));
    }

    private void inventory() {
        crew.inventory();
        clock.in(20_000, () -> alive(this::inventory));
    }

    Optional<Wish> accept(String agent, String json, Report report) {
        try {
            return Optional.of(crew.accept(agent, json, report));
        } catch (Reception.NotReadyException | Reception.RefusedException e) {
            return Optional.empty();
        }
    }

    /** A place where the process may be killed. */
    void mayCrash() {
        if (dead) {
            throw new Crash();
        }
        if (dice.fault(0.004)) {
            die();
            throw new Crash();
        }
    }

    private void die() {
        dead = true;
        onDeath.run();
    }

    /** The whole process is held up. */
    void waitFor(long millis) {
        var end = clock.now() + millis;
        clock.tell("%s is held up for %d ms", name, millis);
        held = true;
        clock.until(() -> clock.now() >= end);
        held = false;
    }

    /** One of its threads waits; the others go on. */
    void until(BooleanSupplier so) {
        clock.until(() -> dead || so.getAsBoolean());
        if (dead) {
            throw new Crash();
        }
    }
}
