package io.ebb.orchestrator.azure;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what Ebb leaves alone, and why: once, not at every reading. */
final class LeftOut {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    void say(String id, String why) {
        if (said.add(id + why)) {
            LOG.info("leaving out {}: {}", id, why);
        }
    }
}
