package io.ebb.integration.azure;

import static io.ebb.integration.azure.Cloud.leave;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.pool.LoadBalancer.Place;
import io.ebb.orchestrator.pool.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends what {@code az} sends for the command that Ebb shows, without Ebb. */
@Timeout(60)
class ByHandContractTest {
    @TempDir private Path folder;

    @Test
    void theCommandPutsTheMemberBackWithoutEbb() throws IOException {
        try (var cloud = new Cloud(folder)) {
            var looked = cloud.look("web-0");
            var place = looked.places().getFirst();
            cloud.pools.apply(
                    looked,
                    leave(looked.places()),
                    new Patience(System::nanoTime, Duration.ofMinutes(1)));
            var command = cloud.pools.byHand(place.id(), place.saved()).orElseThrow();

            try (var az = new Az(cloud.server.url(), cloud.certificate())) {
                az.run(command);
            }

            assertThat(cloud.look("web-0").places())
                    .extracting(Place::id)
                    .containsExactly(place.id());
        }
    }
}
