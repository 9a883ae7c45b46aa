package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.pool.LoadBalancer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The load balancer's own word on its members, asked rule by rule. No answer is never a failure:
 * for a while the last one stands, or a member that is down would count as in when Azure is slow. A
 * member that was down is not held to be down for so long: it may be the last one that serves. Then
 * there is no verdict. Membership is known without it.
 */
final class RuleHealth {
    private static final Logger LOG = LoggerFactory.getLogger(RuleHealth.class);

    /** For so long the last answer stands for one that does not come. */
    static final Duration MEMORY = Duration.ofMinutes(2);

    /**
     * A reader waits no longer where an earlier answer can stand for this one, which is then there
     * for the next reader. Without one it waits on: members that are down would count as in.
     */
    private static final Duration WAIT = Duration.ofSeconds(4);

    private final Arm arm;
    private final Operation operation;
    private final Duration age;
    private final Duration patience;
    private final InstantSource clock;
    private final Map<PoolFacts, Asked> asked = new ConcurrentHashMap<>();
    private final Map<PoolFacts, Good> good = new ConcurrentHashMap<>();

    /** An answer that came. */
    private record Good(Instant at, Map<String, Verdict> verdicts) {}

    /** An answer, there or on its way. */
    private record Asked(
            Instant at, AtomicBoolean isRefreshed, Mono<Map<String, Verdict>> answer) {}

    /**
     * Knows nothing yet.
     *
     * @param age how old an answer may be; at half of it the next is asked for, so that a regular
     *     reader never waits
     * @param patience how long to wait for one
     */
    RuleHealth(Arm arm, Operation operation, Duration age, Duration patience, InstantSource clock) {
        this.arm = arm;
        this.operation = operation;
        this.age = age;
        this.patience = patience;
        this.clock = clock;
    }

    /** Verdicts by the lower-cased id of the IP configuration; who is missing has none. */
    Mono<Map<String, Verdict>> of(PoolFacts pool) {
        if (pool.probedRules().isEmpty()) {
            return Mono.just(Map.of());
        }
        var now = clock.instant();
        var last =
                asked.compute(
                        pool,
                        (facts, known) ->
                                known != null && now.isBefore(known.at().plus(age))
                                        ? known
                                        : anew(facts, now));
        if (now.isAfter(last.at().plus(age.dividedBy(2)))
                && last.isRefreshed().compareAndSet(false, true)) {
            var next = anew(pool, now);
            // What was forgotten meanwhile is not brought back.
            next.answer().subscribe(_ -> asked.replace(pool, last, next));
        }
        return last(pool).isPresent()
                ? last.answer().timeout(WAIT, Mono.fromSupplier(() -> remembered(pool)))
                : last.answer();
    }

    private Asked anew(PoolFacts pool, Instant now) {
        return new Asked(now, new AtomicBoolean(), ask(pool).cache());
    }

    /** Membership has changed, so what was said before is void. */
    void forget(PoolId pool) {
        asked.keySet().removeIf(facts -> facts.known().id().equals(pool));
        good.keySet().removeIf(facts -> facts.known().id().equals(pool));
    }

    private Mono<Map<String, Verdict>> ask(PoolFacts pool) {
        return Flux.fromIterable(pool.probedRules())
                .flatMapSequential(this::states, 4)
                .collectList()
                .map(RuleHealth::verdicts)
                .timeout(patience)
                .doOnNext(verdicts -> good.put(pool, new Good(clock.instant(), verdicts)))
                .onErrorResume(thrown -> {
                    LOG.warn(
                            "{}",
                            Failures.of("asking for the health of " + pool.known().id(), thrown)
                                    .getMessage());
                    return Mono.just(remembered(pool));
                });
    }

    private Optional<Good> last(PoolFacts pool) {
        return Optional.ofNullable(good.get(pool))
                .filter(last -> clock.instant().isBefore(last.at().plus(MEMORY)));
    }

    private Map<String, Verdict> remembered(PoolFacts pool) {
        return last(pool).map(this::verdicts).orElse(Map.of());
    }

    private Map<String, Verdict> verdicts(Good last) {
        var isOld = clock.instant().isAfter(last.at().plus(age.multipliedBy(2)));
        return isOld ? past(last.verdicts()) : last.verdicts();
    }

    private static Map<String, Verdict> past(Map<String, Verdict> verdicts) {
        var past = new HashMap<>(verdicts);
        past.replaceAll((_, verdict) -> verdict == Verdict.DOWN ? Verdict.WAS_DOWN : verdict);
        return past;
    }

    private Mono<Map<String, String>> states(String rule) {
        var doing = "asking for the health behind rule " + new ArmId(rule).name();
        return arm.post(rule + "/health")
                .map(answer -> answer.orThrow(doing))
                .flatMap(answer -> operation.result(doing, answer))
                .map(RuleHealth::states);
    }

    private static Map<String, String> states(JsonNode health) {
        var states = new HashMap<String, String>();
        for (var member : health.path("loadBalancerBackendAddresses")) {
            // A member that was not probed yet may be shown with a state, but for no reason.
            var isProbed = !"NA".equalsIgnoreCase(member.path("reason").asText());
            states.put(
                    new ArmId(member.path("networkInterfaceIPConfigurationId").asText()).key(),
                    isProbed ? member.path("state").asText() : "NA");
        }
        return states;
    }

    /** Down for one rule is down; up is up for every rule; anything else is no verdict. */
    static Map<String, Verdict> verdicts(List<Map<String, String>> rules) {
        var all = new HashMap<String, List<String>>();
        for (var rule : rules) {
            rule.forEach((member, state) ->
                    all.computeIfAbsent(member, _ -> new ArrayList<>()).add(state));
        }
        var verdicts = new HashMap<String, Verdict>();
        all.forEach((member, states) -> {
            if (states.stream().anyMatch("Down"::equalsIgnoreCase)) {
                verdicts.put(member, Verdict.DOWN);
            } else if (states.size() == rules.size()
                    && states.stream().allMatch("Up"::equalsIgnoreCase)) {
                verdicts.put(member, Verdict.UP);
            }
        });
        return Map.copyOf(verdicts);
    }
}
