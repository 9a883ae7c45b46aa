package io.ebb.orchestrator.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.Patience;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Azure Resource Manager through the SDK's pipeline: its typed reads, and JSON as it is on the wire
 * for what is written. Nothing is retried but reads.
 */
public final class Arm {
    /** Of Microsoft.Network, for what is sent as raw JSON. */
    static final String NETWORK_VERSION = "2025-03-01";

    private static final Duration UNNAMED_THROTTLE = Duration.ofSeconds(30);

    private final ComputeManagementClient compute;
    private final NetworkManagementClient network;
    private final HttpPipeline pipeline;
    private final URI endpoint;
    private final Duration requestTimeout;
    private final Gate readers;
    private final Gate writers;

    Arm(
            ComputeManagementClient compute,
            NetworkManagementClient network,
            AzureSettings settings,
            InstantSource clock) {
        this.compute = compute;
        this.network = network;
        this.pipeline = network.getHttpPipeline();
        this.endpoint = settings.endpoint();
        this.requestTimeout = settings.requestTimeout();
        this.readers = new Gate(clock);
        this.writers = new Gate(clock);
    }

    ComputeManagementClient compute() {
        return compute;
    }

    NetworkManagementClient network() {
        return network;
    }

    /** Gets a resource of Microsoft.Network. */
    Mono<Answer> get(String id) {
        return read(new HttpRequest(HttpMethod.GET, url(id)));
    }

    /** Gets what a header of an earlier answer names. */
    Mono<Answer> follow(String url) {
        return Mono.defer(() -> read(new HttpRequest(HttpMethod.GET, trusted(url))));
    }

    /** Asks for an action that changes nothing; ARM counts it among the writes all the same. */
    Mono<Answer> post(String path) {
        return Mono.defer(() -> send(withBody(HttpMethod.POST, url(path), new byte[0]), writers))
                .retryWhen(onceMore());
    }

    /**
     * Replaces a resource, only if its etag is still this one. Sent once, and only while there is
     * patience left for the answer.
     */
    Mono<Answer> put(String id, String etag, JsonNode body, Patience patience) {
        return once(
                withBody(HttpMethod.PUT, url(id), Wire.bytes(body))
                        .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                        .setHeader(HttpHeaderName.IF_MATCH, etag),
                patience);
    }

    /**
     * Asks for an action that changes something. Sent once, and only while there is patience left
     * for the answer.
     *
     * @param version of its provider's API
     */
    Mono<Answer> act(String path, String version, Patience patience) {
        return once(withBody(HttpMethod.POST, url(path, version), new byte[0]), patience);
    }

    private Mono<Answer> once(HttpRequest request, Patience patience) {
        return Mono.defer(() ->
                patience.left().isZero()
                        ? Mono.error(
                                new CloudException.Transient(
                                        "not sent: the lease that planned it has ended",
                                        Optional.empty(),
                                        null))
                        : send(request, writers).timeout(patience.left()));
    }

    /** A typed read of the SDK's, with the time-out, the retries and the gate of all reads. */
    <T> Mono<List<T>> typed(String doing, Flux<T> read) {
        return Flux.defer(() -> readers.closed().isPresent() ? Flux.error(closed(readers)) : read)
                .timeout(requestTimeout)
                .collectList()
                .retryWhen(onceMore())
                .doOnError(ManagementException.class, thrown -> note(Refusal.of(thrown), readers))
                .onErrorMap(thrown -> Failures.of(doing, thrown));
    }

    /** How much longer ARM wants no reads. */
    Optional<Duration> readersClosed() {
        return readers.closed();
    }

    /** The JDK's client sets the length itself, and warns of each request that names it. */
    private static HttpRequest withBody(HttpMethod method, String url, byte[] body) {
        var request = new HttpRequest(method, url).setBody(body);
        request.getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
        return request;
    }

    private Mono<Answer> read(HttpRequest request) {
        return Mono.defer(() -> send(request.copy(), readers)).retryWhen(onceMore());
    }

    private Mono<Answer> send(HttpRequest request, Gate gate) {
        return Mono.defer(() ->
                gate.closed().isPresent() ? Mono.error(closed(gate)) : exchange(request, gate));
    }

    private Mono<Answer> exchange(HttpRequest request, Gate gate) {
        return pipeline.send(request)
                .flatMap(response ->
                        response.getBodyAsByteArray()
                                .defaultIfEmpty(new byte[0])
                                .map(body ->
                                        Wire.answer(
                                                response.getStatusCode(),
                                                response.getHeaders(),
                                                body)))
                .timeout(requestTimeout)
                .doOnNext(answer -> {
                    if (!answer.isGood()) {
                        note(Refusal.of(answer), gate);
                    }
                });
    }

    private static void note(Refusal refusal, Gate gate) {
        if (refusal.kind() == Refusal.Kind.THROTTLED) {
            gate.close(refusal.retryAfter().orElse(UNNAMED_THROTTLE));
        }
    }

    private static CloudException closed(Gate gate) {
        var left = gate.closed().orElse(Duration.ZERO);
        return new CloudException.Transient(
                "asking ARM: it throttles, nothing is sent for another %d s"
                        .formatted(left.plusMillis(999).toSeconds()),
                Optional.of(left),
                null);
    }

    private static Retry onceMore() {
        return Retry.backoff(2, Duration.ofMillis(300))
                .filter(Failures::isLost)
                .onRetryExhaustedThrow((_, signal) -> signal.failure());
    }

    private String url(String path) {
        return url(path, NETWORK_VERSION);
    }

    private String url(String path, String version) {
        return endpoint.resolve(path) + "?api-version=" + version;
    }

    /** The token goes along, so a header may not send it elsewhere. */
    private String trusted(String url) {
        var target = URI.create(url);
        var host = String.valueOf(target.getHost());
        var own = endpoint.getHost();
        if (!"https".equalsIgnoreCase(target.getScheme())
                || !(host.equalsIgnoreCase(own) || host.endsWith("." + own))) {
            throw new CloudException.Permanent(
                    "following ARM's answer: it points to " + host + ", not to " + own, null);
        }
        return url;
    }
}
