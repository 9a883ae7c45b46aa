package io.ebb.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One VM's time out of rotation.
 *
 * @param since when it came into this state
 * @param policy the version of the policy that was in force last; 0 when there was none
 * @param parked why the VM is not back although it should be; empty when it need not be yet
 * @param connections how many there are still; empty: nobody counted
 * @param putBackByHand what a person types to put the VM back without Ebb; empty when nothing of it
 *     is taken
 * @param timeline oldest first; only when one drain is asked for
 */
@Serdeable
record DrainView(
        String id,
        String vm,
        String vmId,
        String state,
        String why,
        Instant since,
        int policy,
        Optional<String> parked,
        Instant openedAt,
        Optional<Instant> closedAt,
        Optional<String> outcome,
        Optional<Instant> deadline,
        Optional<Integer> connections,
        List<Cause> events,
        List<Place> members,
        Optional<String> putBackByHand,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Line> timeline) {

    /**
     * An event that the VM left for.
     *
     * @param id the EventId as Azure wrote it
     */
    @Serdeable
    record Cause(
            String id,
            Optional<String> type,
            Optional<String> status,
            Optional<Instant> notBefore,
            Optional<String> approved) {}

    /**
     * The VM's place in a pool.
     *
     * @param standing {@code in}, {@code wavering}, {@code quiesced} or {@code out}
     */
    @Serdeable
    record Place(String pool, String standing) {}

    /**
     * A line of the timeline.
     *
     * @param before how what it tells of was before; empty where that means nothing
     * @param after how it was then
     */
    @Serdeable
    record Line(
            long sequence,
            Instant at,
            String type,
            String who,
            String message,
            Optional<String> before,
            Optional<String> after) {}

    /** The same with its timeline. */
    DrainView with(List<Line> lines) {
        return new DrainView(
                id,
                vm,
                vmId,
                state,
                why,
                since,
                policy,
                parked,
                openedAt,
                closedAt,
                outcome,
                deadline,
                connections,
                events,
                members,
                putBackByHand,
                lines);
    }
}
