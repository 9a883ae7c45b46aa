package io.ebb.integration.crash;

import io.ebb.integration.container.NeedsDocker;
import io.ebb.integration.scenario.Grounds;
import org.junit.jupiter.api.AfterAll;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Two replicas: whichever plans is killed or paused. */
@NeedsDocker
class PostgresCrashTest extends CrashTrials {
    private final PostgreSQLContainer server = new PostgreSQLContainer("postgres:15");

    PostgresCrashTest() {
        super("PostgreSQL", 2);
    }

    @Override
    Ebb start(Grounds grounds) {
        server.start();
        return Ebb.onPostgres(grounds, Database.near(server), LEASE);
    }

    @AfterAll
    void stopServer() {
        server.stop();
    }
}
