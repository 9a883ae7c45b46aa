package io.ebb.integration.crash;

import java.util.Map;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL server as an orchestrator's settings name it. */
final class Database {
    private Database() {}

    /** Environment variables. */
    static Map<String, String> of(PostgreSQLContainer server) {
        return Map.of(
                "EBB_DATABASE_URL", server.getJdbcUrl(),
                "EBB_DATABASE_USERNAME", server.getUsername(),
                "EBB_DATABASE_PASSWORD", server.getPassword());
    }
}
