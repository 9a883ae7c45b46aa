package io.ebb.orchestrator.azure;

import com.azure.core.util.Configuration;
import io.ebb.orchestrator.pool.Approver;
import io.ebb.orchestrator.pool.LoadBalancer;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Puts Azure behind the ports. */
@Factory
final class AzureFactory {

    @Singleton
    Arm arm(AzureSettings settings, @Nullable ArmAhead ahead) {
        return ahead == null ? open(settings) : ahead.arm();
    }

    static Arm open(AzureSettings settings) {
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

    @Singleton
    Approver approver(Arm arm, AzureSettings settings) {
        return new Acknowledgement(arm, settings);
    }
}
