package io.ebb.integration.crash;

import java.util.HashMap;
import java.util.Map;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL server as an orchestrator's settings name it. */
final class Database {
    private Database() {}

    /**
     * The same, but not through the proxy that publishes the container's port: it takes a good part
     * of a small machine. Needs Linux.
     */
    static Map<String, String> near(PostgreSQLContainer server) {
        var address =
                server.getContainerInfo()
                        .getNetworkSettings()
                        .getNetworks()
                        .values()
                        .iterator()
                        .next()
                        .getIpAddress();
        var settings = new HashMap<>(of(server));
        settings.put(
                "EBB_DATABASE_URL",
                "jdbc:postgresql://%s:5432/%s".formatted(address, server.getDatabaseName()));
        return settings;
    }

    /** Environment variables. */
    static Map<String, String> of(PostgreSQLContainer server) {
        return Map.of(
                "EBB_DATABASE_URL", server.getJdbcUrl(),
                "EBB_DATABASE_USERNAME", server.getUsername(),
                "EBB_DATABASE_PASSWORD", server.getPassword());
    }
}
