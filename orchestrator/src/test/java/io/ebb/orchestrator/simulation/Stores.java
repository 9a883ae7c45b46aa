package io.ebb.orchestrator.simulation;

import com.zaxxer.hikari.HikariDataSource;
import io.ebb.orchestrator.ledger.Ledger;
import io.ebb.orchestrator.ledger.MemoryLedger;
import io.ebb.orchestrator.ledger.jdbc.Databases;
import io.ebb.orchestrator.ledger.jdbc.JdbcLedger;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stores that runs live on: in memory, and each so many on H2, emptied for each run. */
final class Stores implements AutoCloseable {
    private static final List<String> TABLES =
            List.of(
                    "event",
                    "member",
                    "approve_order",
                    "agent",
                    "drain",
                    "timeline",
                    "instruction",
                    "policy");

    private final int share;
    private @Nullable HikariDataSource database;

    /**
     * @param share each run whose seed is divisible by it lives on H2; 0: none does
     */
    Stores(int share) {
        this.share = share;
    }

    /** An empty store for the run of this seed. */
    Ledger of(long seed, InstantSource time) {
        return isInMemory(seed) ? new MemoryLedger(time) : h2(time);
    }

    boolean isInMemory(long seed) {
        return share == 0 || seed % share != 0;
    }

    private Ledger h2(InstantSource time) {
        var known = database;
        if (known == null) {
            known = Databases.open(Databases.h2("simulation"), "sa", "");
            database = known;
        }
        try (var connection = known.getConnection();
                var statement = connection.createStatement()) {
            for (var table : TABLES) {
                statement.execute("delete from " + table);
            }
            statement.execute(
                    "update lease set owner = '', fence = 0, last_sequence = 0, spoken = 0,"
                            + " ends = timestamp with time zone '1970-01-01 00:00:00+00'");
        } catch (SQLException e) {
            throw new IllegalStateException("emptying the store", e);
        }
        return new JdbcLedger(known, time);
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
