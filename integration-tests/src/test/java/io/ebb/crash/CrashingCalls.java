package io.ebb.crash;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.AfterRetryPolicyProvider;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A point before each call to ARM, one after its answer, and for the writes one in between, when
 * the request has arrived and is not answered. The SDK finds it by itself, as a service.
 */
public final class CrashingCalls implements AfterRetryPolicyProvider {
    /** A request that was sent has arrived, and the simulator takes longer to answer it. */
    private static final Duration ARRIVED = Duration.ofMillis(100);

    @Override
    public HttpPipelinePolicy create() {
        return new Calls();
    }

    /** Tells the calls apart; what is polled and read after a write belongs to that write. */
    private static final class Calls implements HttpPipelinePolicy {
        private volatile String write = "";
        private volatile boolean isPolled;

        @Override
        public Mono<HttpResponse> process(
                HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            // Looked at when it is sent, on a thread that may be stopped.
            return Mono.defer(() -> around(name(context.getHttpRequest()), next))
                    .subscribeOn(Schedulers.boundedElastic());
        }

        private static Mono<HttpResponse> around(String name, HttpPipelineNextPolicy next) {
            Point.pass(name + ":before");
            var answer = next.process();
            if (Point.isArmed(name + ":during")) {
                answer.subscribe();
                return Mono.delay(ARRIVED)
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(_ -> Point.pass(name + ":during"))
                        .then(Mono.never());
            }
            return answer.publishOn(Schedulers.boundedElastic())
                    .doOnNext(_ -> Point.pass(name + ":after"));
        }

        private String name(HttpRequest request) {
            var path = request.getUrl().getPath();
            if (request.getHttpMethod() == HttpMethod.PUT) {
                write = isOut(request) ? "leave" : "join";
                return "put-" + write;
            }
            if (path.contains("/operations/")) {
                isPolled = true;
                return "poll-" + write;
            }
            if (path.contains("/networkInterfaces/")) {
                var name = isPolled ? "verify-" + write : "read";
                isPolled = false;
                return name;
            }
            if (path.endsWith("/health") || path.contains("/operationResults/")) {
                return "health";
            }
            return path.contains("/backendAddressPools/") ? "list" : "inventory";
        }

        /** There is one pool; who is in none leaves it. */
        private static boolean isOut(HttpRequest request) {
            var body = request.getBodyAsBinaryData();
            return body == null || !body.toString().contains("/backendAddressPools/");
        }
    }
}
