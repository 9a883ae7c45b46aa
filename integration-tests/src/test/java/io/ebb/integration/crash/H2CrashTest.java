package io.ebb.integration.crash;

import io.ebb.integration.scenario.Grounds;

class H2CrashTest extends CrashTrials {
    H2CrashTest() {
        super("H2", 1);
    }

    @Override
    Ebb start(Grounds grounds) {
        return Ebb.onH2(grounds, LEASE);
    }
}
