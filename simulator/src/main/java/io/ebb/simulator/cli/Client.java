package io.ebb.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Talks to the control API of a simulation that runs; the options of the client commands. */
final class Client {
    @Option(
            names = "--control",
            defaultValue = "http://127.0.0.1:8100",
            description = "control API of the simulation (${DEFAULT-VALUE})")
    URI control = URI.create("http://127.0.0.1:8100");

    /** Sends one request and prints the answer; returns the exit status. */
    int send(String method, String path, String body, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(control.resolve("/sim/v1" + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            boolean good = answer.statusCode() < 300;
            var json = new ObjectMapper();
            (good ? out : err)
                    .println(
                            json.writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(json.readTree(answer.body())));
            return good ? 0 : 1;
        } catch (ConnectException e) {
            err.println("error: no simulation answers at " + control);
            return 1;
        }
    }
}
