package io.ebb.orchestrator.fleet;

import io.ebb.protocol.MalformedException;
import io.ebb.protocol.Report;
import io.ebb.protocol.ScheduledEvent;
import io.ebb.protocol.ScheduledEventsJson;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents that travel verbatim inside the reports. */
final class Documents {
    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

    private Documents() {}

    /** The events of a report's document. One that cannot be read proves nothing: none then. */
    static List<ScheduledEvent> events(Report report) {
        if (report.document().text().isEmpty()) {
            return List.of();
        }
        try {
            return ScheduledEventsJson.read(report.document().text()).events();
        } catch (MalformedException e) {
            LOG.warn("reading the events that {} reported: {}", report.vm().name(), e.getMessage());
            return List.of();
        }
    }
}
