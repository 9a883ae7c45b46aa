package io.ebb.orchestrator.azure;

import com.azure.core.util.Configuration;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts Azure behind the ports. */
@Factory
final class AzureFactory {

    @Singleton
    Arm arm(AzureSettings settings) {
        return ArmConnection.open(
                settings, Configuration.getGlobalConfiguration(), InstantSource.system());
    }

    @Singleton
    AzureInventory found(Arm arm, AzureSettings settings) {
        return new AzureInventory(arm, settings);
    }

    @Singleton
    LoadBalancer pools(Arm arm, AzureSettings settings, AzureInventory inventory) {
        return new NicPools(arm, settings, inventory, InstantSource.system());
    }
}
