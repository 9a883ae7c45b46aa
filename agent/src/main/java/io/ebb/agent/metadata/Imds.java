package io.ebb.agent.metadata;

import io.ebb.agent.http.Answer;
import io.ebb.agent.http.Http;
import io.ebb.protocol.ComputeJson;
import io.ebb.protocol.MalformedException;
import io.ebb.protocol.Report;
import io.ebb.protocol.ScheduledEventsJson;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The metadata service's three requests that Ebb makes. */
public final class Imds {
    private static final Map<String, String> HEADERS = Map.of("Metadata", "true");
    private static final Duration COMPUTE = Duration.ofSeconds(30);

    private final Http http = Http.plain();
    private final URI events;
    private final URI compute;

    /** The service at this address, usually {@code http://169.254.169.254}. */
    public Imds(URI service) {
        String base = service.toString().replaceAll("/+$", "");
        events = URI.create(base + "/metadata/scheduledevents?api-version=2020-07-01");
        compute = URI.create(base + "/metadata/instance/compute?api-version=2021-12-13");
    }

    /**
     * Who this VM is.
     *
     * @throws IOException when the service does not answer with a VM; it is to be asked again
     */
    public Report.Vm compute() throws IOException {
        Answer answer = http.get(compute, HEADERS, COMPUTE);
        if (answer.status() != 200) {
            throw new IOException(answer.words());
        }
        try {
            return ComputeJson.read(answer.text());
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Reads the document, unless it is still the one with this ETag (empty for none). */
    Attempt read(String etag, Duration wait) {
        try {
            Map<String, String> headers =
                    etag.isEmpty() ? HEADERS : Map.of("Metadata", "true", "If-None-Match", etag);
            Answer answer = http.get(events, headers, wait);
            return switch (answer.status()) {
                case 200 -> new Attempt.Body(answer.text(), answer.etag());
                case 304 -> new Attempt.NotModified();
                default -> new Attempt.Failed(answer.words(), answer.status() == 429);
            };
        } catch (IOException e) {
            return new Attempt.Failed(e.toString(), false);
        }
    }

    /**
     * Lets an event start now, for all its VMs.
     *
     * @throws IOException when there is no answer in time; it may have arrived nevertheless
     */
    public Answer approve(String eventId, Duration wait) throws IOException {
        return http.post(events, HEADERS, ScheduledEventsJson.startRequest(eventId), wait);
    }
}
