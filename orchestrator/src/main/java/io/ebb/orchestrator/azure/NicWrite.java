package io.ebb.orchestrator.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebb.orchestrator.pool.CloudException;
import io.ebb.orchestrator.pool.LoadBalancer.Change;
import io.ebb.orchestrator.pool.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One write of one network interface: sent once, followed to its end, and looked at afterwards.
 *
 * @param doing what for, as a lower-case gerund
 * @param looked the interface as it was looked at
 * @param patience how long the request may still be sent
 */
record NicWrite(
        Arm arm,
        Operation operation,
        String doing,
        Nic looked,
        List<Change> changes,
        Patience patience) {
    private static final Logger LOG = LoggerFactory.getLogger(NicWrite.class);

    /** Between two looks at an interface whose reads lag behind its writes. */
    private static final Duration LAG = Duration.ofSeconds(2);

    private static final int LOOKS = 4;

    /** The interface as it is after the write; the one looked at when there is nothing to write. */
    Mono<Nic> perform(boolean tags) {
        var wanted = NicEdit.of(looked, changes, tags);
        if (wanted.equals(looked)) {
            return Mono.just(looked);
        }
        return arm.put(looked.id(), looked.etag(), wanted.tree(), patience)
                .onErrorResume(
                        Failures::isLost,
                        lost -> landed(wanted, Failures.of(doing, lost)).then(Mono.empty()))
                .flatMap(answer -> {
                    var isDenied =
                            !answer.isGood() && Refusal.of(answer).has("RequestDisallowedByPolicy");
                    if (isDenied && tags) {
                        LOG.warn("{}: a policy denies the write; trying without tags", doing);
                        return perform(false).then();
                    }
                    return accepted(wanted, answer);
                })
                .then(verified(LOOKS));
    }

    private Mono<Void> accepted(Nic wanted, Answer answer) {
        if (answer.status() == 412) {
            return landed(wanted, Refusal.of(answer).toException(doing));
        }
        if (answer.isGone()) {
            return Mono.error(gone());
        }
        return Mono.fromCallable(() -> answer.orThrow(doing))
                .flatMap(good -> operation.finished(doing, good));
    }

    /**
     * An answer was lost, or the etag does not match: this very write may have landed all the same.
     * Only if nothing else has changed is it taken for ours, and given the time that it takes.
     */
    private Mono<Void> landed(Nic wanted, CloudException otherwise) {
        return get().flatMap(now ->
                now.content().equals(wanted.content())
                        ? operation.pause(Optional.empty())
                        : Mono.error(otherwise));
    }

    private Mono<Nic> verified(int looks) {
        return get().flatMap(now ->
                switch (now.provisioningState()) {
                    case "Succeeded" -> {
                        if (NicEdit.isMade(now, changes)) {
                            yield Mono.just(now);
                        }
                        // Reads may lag; what is still not there after a while was undone by
                        // somebody.
                        yield looks > 1
                                ? Mono.delay(LAG).then(verified(looks - 1))
                                : Mono.<Nic>error(
                                        new CloudException.Conflict(
                                                doing
                                                        + ": the write succeeded, but "
                                                        + now.name()
                                                        + " does not show it",
                                                null));
                    }
                    case "Failed" ->
                            Mono.<Nic>error(
                                    new CloudException.Permanent(
                                            doing
                                                    + ": "
                                                    + now.name()
                                                    + " is in state Failed, which an unchanged write of it"
                                                    + " repairs",
                                            null));
                    default -> operation.pause(Optional.empty()).then(verified(looks));
                });
    }

    private Mono<Nic> get() {
        return arm.get(looked.id())
                .map(answer -> {
                    if (answer.isGone()) {
                        throw gone();
                    }
                    if (!(answer.orThrow(doing).body() instanceof ObjectNode tree)) {
                        throw new CloudException.Permanent(
                                doing + ": ARM answered no JSON object", null);
                    }
                    var now = new Nic(tree);
                    if (!now.guid().equalsIgnoreCase(looked.guid())) {
                        throw new CloudException.Permanent(
                                "%s: %s was recreated: its resourceGuid is %s, not %s"
                                        .formatted(doing, now.name(), now.guid(), looked.guid()),
                                null);
                    }
                    return now;
                });
    }

    private CloudException gone() {
        return new CloudException.Conflict(doing + ": " + looked.name() + " is gone", null);
    }
}
