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
import java.util.Map;

/** The orchestrator as an agent knows it: one request. */
public final class Orchestrator {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Http http;
    private final URI reports;
    private final Map<String, String> headers;

    /**
     * An orchestrator.
     *
     * @param base its address
     * @param token what shows who this agent is
     */
    public Orchestrator(Http http, URI base, String token) {
        this.http = http;
        reports = URI.create(base.toString().replaceAll("/+$", "") + "/agent/v1/reports");
        headers =
                Map.of(
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/json, application/problem+json");
    }

    /**
     * Reports, and hears the wish.
     *
     * @throws IOException when the orchestrator does not answer with one
     */
    Wish report(Report report) throws IOException {
        Answer answer = http.post(reports, headers, ReportJson.write(report), WAIT);
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
