package io.ebb.orchestrator.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.ebb.orchestrator.container.NeedsDocker;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.postgresql.PostgreSQLContainer;

@NeedsDocker
class PostgresLedgerTest extends JdbcLedgerContract {
    private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:15");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void aProcessThatIsFrozenInTheMiddleOfAWriteKeepsNobodyFromTakingOver() throws Exception {
        var frozen = new CountDownLatch(1);
        var woken = new CountDownLatch(1);
        var paused = new JdbcLedger(open(), () -> freeze(frozen, woken));
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            var lease =
                    CompletableFuture.supplyAsync(
                            () -> paused.lease("frozen", Duration.ofSeconds(8)), thread);
            frozen.await();
            assertThat(ledger.lease("another", Duration.ofSeconds(8))).isPresent();
            woken.countDown();
            assertThat(lease).failsWithin(Duration.ofSeconds(10));
        }
    }

    /** Asked for the time, which is when the row has been locked. */
    private static Instant freeze(CountDownLatch frozen, CountDownLatch woken) {
        frozen.countDown();
        try {
            woken.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Instant.now();
    }

    @Override
    protected HikariDataSource database() throws SQLException {
        var name = "ledger" + DATABASES.incrementAndGet();
        try (var connection =
                        DriverManager.getConnection(
                                SERVER.getJdbcUrl(), SERVER.getUsername(), SERVER.getPassword());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return Databases.open(
                SERVER.getJdbcUrl().replace("/" + SERVER.getDatabaseName(), "/" + name),
                SERVER.getUsername(),
                SERVER.getPassword());
    }
}
