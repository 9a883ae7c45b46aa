package io.ebb.agent.hook;

import io.ebb.agent.Log;
import io.ebb.agent.http.LocalCalls;
import io.ebb.protocol.Report.Hook;
import io.ebb.protocol.Report.HookState;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that the hook which the orchestrator wishes to have run has run. A failed one is tried
 * again, and since nothing is remembered from one boot to the next, one that ran before a reboot is
 * run again after it.
 */
public final class Hooks {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Optional<HookAction> drain;
    private final Optional<HookAction> undrain;
    private final HookRunner runner;
    private final Runnable changed;
    private final Semaphore news = new Semaphore(0);

    private Wish.Hook wished = Wish.Hook.NONE;
    private Hook done = new Hook(HookState.NONE, "");

    /**
     * Hooks that have not run.
     *
     * @param timeout a hook that runs longer is ended and has failed
     * @param changed told when a hook has ended
     */
    public Hooks(
            Optional<HookAction> drain,
            Optional<HookAction> undrain,
            LocalCalls calls,
            Duration timeout,
            Runnable changed) {
        this.drain = drain;
        this.undrain = undrain;
        runner = new HookRunner(calls, timeout);
        this.changed = changed;
    }

    /** The orchestrator's wish. */
    public synchronized void wish(Wish.Hook hook) {
        if (hook != wished) {
            wished = hook;
            news.release();
        }
    }

    /** What the last hook did. */
    public synchronized Hook state() {
        return done;
    }

    /** Follows the wishes until interrupted. */
    public void follow() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            Wish.Hook wish = due();
            if (wish == Wish.Hook.NONE) {
                news.acquire();
                pause = FIRST_PAUSE;
            } else if (!run(wish)) {
                if (news.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    pause = FIRST_PAUSE;
                } else {
                    pause = pause.multipliedBy(2);
                    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
                }
            }
        }
    }

    /** The wish, if it is not fulfilled yet. */
    private synchronized Wish.Hook due() {
        return switch (wished) {
            case DRAIN -> done.state() == HookState.DRAINED ? Wish.Hook.NONE : wished;
            case UNDRAIN -> done.state() == HookState.UNDRAINED ? Wish.Hook.NONE : wished;
            case NONE -> wished;
        };
    }

    private boolean run(Wish.Hook wish) throws InterruptedException {
        boolean draining = wish == Wish.Hook.DRAIN;
        String name = draining ? "drain hook" : "undrain hook";
        Optional<HookAction> action = draining ? drain : undrain;
        if (action.isEmpty()) {
            // Nothing to run is nothing to wait for; only a new wish can change that.
            finish(new Hook(HookState.NONE, "no " + name + " is configured"));
            news.acquire();
            return true;
        }
        try {
            String said = runner.run(action.get());
            Log.info(name + ": " + said);
            finish(new Hook(draining ? HookState.DRAINED : HookState.UNDRAINED, said));
            return true;
        } catch (IOException e) {
            Log.warn(name + " failed: " + e.getMessage());
            finish(new Hook(HookState.FAILED, name + ": " + e.getMessage()));
            return false;
        }
    }

    private void finish(Hook hook) {
        synchronized (this) {
            done = hook;
        }
        changed.run();
    }
}
