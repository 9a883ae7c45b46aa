package io.ebb.orchestrator.ledger.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2LedgerTest extends JdbcLedgerContract {
    @TempDir Path folder;

    @Override
    protected HikariDataSource database() {
        return Databases.open(Databases.h2(folder), "sa", "");
    }
}
