package io.ebb.orchestrator.control;

import io.ebb.orchestrator.ledger.Ledger.Entry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each line of the timeline once, as it was written. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger("io.ebb.timeline");

    private Journal() {}

    static void log(List<Entry> entries, Sight sight) {
        for (var entry : entries) {
            LOG.info(
                    "{}: {} [{}]",
                    entry.vm().map(sight::name).orElse("-"),
                    entry.message(),
                    entry.type());
        }
    }
}
