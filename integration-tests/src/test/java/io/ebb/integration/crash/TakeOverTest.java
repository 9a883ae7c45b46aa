package io.ebb.integration.crash;

import static io.ebb.integration.scenario.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.integration.container.NeedsDocker;
import io.ebb.integration.scenario.Grounds;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** How soon the other replica plans, with the lease that is the default. */
@NeedsDocker
@Timeout(150)
class TakeOverTest {
    @Test
    void aKilledPlannerIsReplacedWithinTenSeconds() throws SQLException {
        try (var server = new PostgreSQLContainer("postgres:15");
                var grounds = Grounds.take("take-over")) {
            server.start();
            var ebb = Ebb.onPostgres(grounds, Database.of(server), Map.of());
            // The planner dies with the event in its hand and not written down.
            ebb.trap().arm("write-event-scheduled:before", CrashPoint.Signal.KILL);
            ebb.simulator()
                    .announce("Reboot", "web-1", Duration.ofMinutes(5), Duration.ofSeconds(1));
            var planner = ebb.of(ebb.trap().sprung());
            soon("it is killed", () -> !planner.runs());
            var killed = Instant.now();

            try (var connection =
                            DriverManager.getConnection(
                                    server.getJdbcUrl(),
                                    server.getUsername(),
                                    server.getPassword());
                    var events = connection.prepareStatement("select count(*) from event")) {
                soon(
                        "the other one has written the event down",
                        () -> {
                            try (var rows = events.executeQuery()) {
                                return rows.next() && rows.getInt(1) > 0;
                            } catch (SQLException e) {
                                throw new AssertionError(e);
                            }
                        });
            }
            var replaced = Duration.between(killed, Instant.now());
            System.out.println("the killed planner was replaced after " + replaced);
            assertThat(replaced).isLessThan(Duration.ofSeconds(10));
        }
    }
}
