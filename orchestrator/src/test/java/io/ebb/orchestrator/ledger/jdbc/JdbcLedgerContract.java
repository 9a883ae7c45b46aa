package io.ebb.orchestrator.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.Ledger.Heard;
import io.ebb.orchestrator.ledger.Ledger.LeaseLostException;
import io.ebb.orchestrator.ledger.LedgerConcurrencyContract;
import io.ebb.orchestrator.ledger.Samples;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the ledger promises on a real store, where a lock may be long in coming. */
abstract class JdbcLedgerContract extends LedgerConcurrencyContract {
    private @Nullable HikariDataSource dataSource;

    /** An empty database, migrated. */
    protected abstract HikariDataSource database() throws Exception;

    @Override
    protected Ledger create() throws Exception {
        var created = database();
        dataSource = created;
        return new JdbcLedger(created);
    }

    /** The store of this test. */
    protected final HikariDataSource open() throws SQLException {
        return database(dataSource);
    }

    @AfterEach
    void close() {
        if (dataSource != null) {
            dataSource.close();
        }
    }

    @Override
    protected void pass(Duration time) {
        var until = ledger.now().plus(time);
        while (ledger.now().isBefore(until)) {
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    @Test
    void aWriteThatWaitedForTheLockPastTheEndOfTheLeaseIsRefused() throws Exception {
        var lease = ledger.lease("me", Duration.ofMillis(400)).orElseThrow();
        try (var thread = Executors.newVirtualThreadPerTaskExecutor();
                var connection = open().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("select * from lease for update");
            }
            var write =
                    CompletableFuture.runAsync(() -> ledger.write(lease, Samples.drains()), thread);
            assertThat(ledger.now()).isBefore(lease.until());
            pass(Duration.between(ledger.now(), lease.until()).plusMillis(1));
            assertThat(write).isNotDone();
            connection.rollback();
            assertThat(write)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(LeaseLostException.class);
        }
    }

    @Test
    void aReportOfSomeHundredKilobytesIsKeptVerbatim() {
        var report = "{\"text\": \"" + "ü".repeat(200_000) + "\"}";
        var heard =
                new Heard(
                        new VmId("big"),
                        "big",
                        "r",
                        "b",
                        1,
                        report,
                        Samples.SEEN,
                        Optional.empty());
        assertThat(ledger.heard(heard)).isTrue();
        assertThat(ledger.agents()).containsExactly(heard);
    }

    private static HikariDataSource database(@Nullable HikariDataSource dataSource)
            throws SQLException {
        if (dataSource == null) {
            throw new SQLException("no database");
        }
        return dataSource;
    }
}
