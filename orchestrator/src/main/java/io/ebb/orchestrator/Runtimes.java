package io.ebb.orchestrator;

import io.ebb.orchestrator.check.Check;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.recover.Recovery;
import io.ebb.orchestrator.recover.RefusedException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Micronaut's shapes: with a server, without one, and without one and without the ledger. */
final class Runtimes {
    /** The settings, or what they point at, do not let it start. */
    private static final int CANNOT_START = 2;

    /** H2's code of a database file that another process has open. */
    private static final int IN_USE = 90020;

    private static final String HELD =
            "an orchestrator is running and holds the ledger's file: stop it first";

    private Runtimes() {}

    /** Serves until the process is asked to end. */
    static int serve(List<String> settings) {
        var stopped = new CountDownLatch(1);
        try {
            var context = builder(settings).environments("serve").start();
            var server = context.getBean(EmbeddedServer.class);
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform()
                                    .name("stopping")
                                    .unstarted(() -> {
                                        server.stop();
                                        context.close();
                                        stopped.countDown();
                                    }));
            server.start();
        } catch (RuntimeException e) {
            System.err.println("cannot start: " + reason(e));
            return CANNOT_START;
        }
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Prints the check's table. It needs no ledger, which a running orchestrator may hold. */
    static int check(List<String> settings) {
        try (var context =
                builder(settings)
                        .environments("check")
                        .properties(
                                Map.of(
                                        "datasources.default.enabled",
                                        false,
                                        "flyway.enabled",
                                        false))
                        .start()) {
            var table = context.getBean(Check.class).look();
            System.out.print(table.render());
            return table.hinders() ? 1 : 0;
        } catch (CloudException e) {
            System.err.println("cannot check: " + e.getMessage());
            return CANNOT_START;
        } catch (RuntimeException e) {
            System.err.println("cannot check: " + reason(e));
            return CANNOT_START;
        }
    }

    /** Rebuilds the ledger's members and prints what was found. */
    static int recover(List<String> settings) {
        try (var context = builder(settings).environments("recover").start()) {
            var findings = context.getBean(Recovery.class).run();
            System.out.print(findings.render());
            return findings.asks() ? 1 : 0;
        } catch (CloudException | RefusedException e) {
            System.err.println("cannot recover: " + e.getMessage());
            return CANNOT_START;
        } catch (RuntimeException e) {
            System.err.println("cannot recover: " + (isHeld(e) ? HELD : reason(e)));
            return CANNOT_START;
        }
    }

    /** H2's file belongs to one process. */
    private static boolean isHeld(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == IN_USE) {
                return true;
            }
        }
        return false;
    }

    private static ApplicationContextBuilder builder(List<String> settings) {
        return ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .args(settings.toArray(String[]::new));
    }

    /** The messages from the outside to the cause; the framework's own only wrap it. */
    private static String reason(Throwable failure) {
        var messages = new ArrayList<String>();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            messages.add(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
        return messages.getLast();
    }
}
