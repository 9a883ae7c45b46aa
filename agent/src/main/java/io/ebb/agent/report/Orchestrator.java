package io.ebb.agent.report;

import io.ebb.agent.http.Answer;
import io.ebb.agent.http.Http;
import io.ebb.protocol.MalformedException;
import io.ebb.protocol.Report;
import io.ebb.protocol.ReportJson;
import io.ebb.protocol.Wish;
import io.ebb.protocol.WishJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The orchestrator as an agent knows it: one request, to the replica that answered last. When that
 * one fails, the next request goes to the next one.
 */
public final class Orchestrator {
    /** A report is answered from the ledger alone. */
    private static final Duration WAIT = Duration.ofSeconds(3);

    private final Http http;
    private final List<URI> replicas;
    private final Map<String, String> headers;
    private int current;

    /**
     * An orchestrator.
     *
     * @param replicas their addresses
     * @param token what shows who this agent is
     */
    public Orchestrator(Http http, List<URI> replicas, String token) {
        this.http = http;
        this.replicas = replicas.stream().map(Orchestrator::reports).toList();
        headers =
                Map.of(
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/json, application/problem+json");
    }

    private static URI reports(URI base) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/agent/v1/reports");
    }

    /**
     * Reports, and hears the wish.
     *
     * @throws IOException when the orchestrator does not answer with one; names its address
     */
    Wish report(Report report) throws IOException {
        URI replica = replicas.get(current);
        try {
            return report(report, replica);
        } catch (IOException e) {
            current = (current + 1) % replicas.size();
            throw new IOException(replica.getAuthority() + ": " + e.getMessage(), e);
        }
    }

    private Wish report(Report report, URI replica) throws IOException {
        Answer answer = http.post(replica, headers, ReportJson.write(report), WAIT);
        if (answer.status() != 200) {
            throw new IOException(answer.words());
        }
        try {
            return WishJson.read(answer.text().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
