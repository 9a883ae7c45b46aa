package io.ebb.orchestrator.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.ebb.orchestrator.container.NeedsDocker;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
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
        try (var frozen = open().getConnection()) {
            frozen.setAutoCommit(false);
            try (var statement = frozen.createStatement()) {
                statement.execute("select * from lease for update");
            }
            assertThat(ledger.lease("another", Duration.ofSeconds(8))).isPresent();
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
        }
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
