package io.ebb.agent.order;

import static io.ebb.agent.testing.FakeImds.EVENT;
import static io.ebb.agent.testing.FakeImds.document;
import static io.ebb.agent.testing.FakeImds.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.metadata.Imds;
import io.ebb.agent.metadata.Watch;
import io.ebb.agent.testing.FakeImds;
import io.ebb.agent.testing.FakeServer.Asked;
import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.Report.Result;
import io.ebb.protocol.Wish.Approve;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OrdersTest {
    private final FakeImds service = new FakeImds();
    private final FakeTime time = new FakeTime();
    private final AtomicInteger finished = new AtomicInteger();
    private final Imds imds = new Imds(service.uri());
    private final Watch watch =
            new Watch(imds, time, Duration.ofSeconds(1), Duration.ofSeconds(5), () -> {});
    private final Orders orders = new Orders(imds, watch, time, finished::incrementAndGet);

    @BeforeEach
    void theEventIsScheduled() {
        service.show(document(1, event(EVENT, "Scheduled")));
        watch.read();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    @DisplayName(
            "edge case 14: an event ordered in lower case is approved as its document writes it")
    void anOrderedEventIsApprovedAsItsDocumentWritesIt() {
        wish(order("o-1", EVENT.toLowerCase(Locale.ROOT)));

        Asked post = approvals().getFirst();
        assertThat(post.uri()).isEqualTo("/metadata/scheduledevents?api-version=2020-07-01");
        assertThat(post.header("Metadata")).isEqualTo("true");
        assertThat(post.body()).isEqualTo("{\"StartRequests\":[{\"EventId\":\"" + EVENT + "\"}]}");
        assertThat(orders.results()).containsExactly(new Result("o-1", true, "answered 200"));
        assertThat(finished).hasValue(1);
    }

    @Test
    void anOrderIsCarriedOutOnceHoweverOftenItIsRepeated() {
        wish(order("o-1", EVENT));
        wish(order("o-1", EVENT));

        assertThat(approvals()).hasSize(1);
    }

    @Test
    @DisplayName("edge case 26: an approved event is not approved again under another order")
    void anApprovedEventIsNotApprovedAgainUnderAnotherOrder() {
        wish(order("o-1", EVENT));
        wish(order("o-2", EVENT));

        assertThat(approvals()).hasSize(1);
        assertThat(orders.results()).contains(new Result("o-2", true, "approved before"));
    }

    @Test
    void aFailedApprovalIsTriedAgainUnderANewOrderOnly() {
        service.approval = 500;
        wish(order("o-1", EVENT));
        assertThat(orders.results())
                .containsExactly(new Result("o-1", false, "answered 500: {\"error\":\"no\"}"));

        service.approval = 200;
        wish(order("o-1", EVENT));
        assertThat(approvals()).hasSize(1);
        wish(order("o-2", EVENT));
        assertThat(approvals()).hasSize(2);
        assertThat(orders.results()).contains(new Result("o-2", true, "answered 200"));
    }

    @Test
    void anEventThatIsGoneIsNotApprovedAfterTheDocumentWasReadAgain() {
        service.show(document(2));
        time.passSeconds(3);
        wish(order("o-1", EVENT));

        assertThat(approvals()).isEmpty();
        assertThat(orders.results())
                .containsExactly(
                        new Result("o-1", false, "the document does not show the event any more"));
    }

    @Test
    void anEventThatHasStartedIsNotApproved() {
        service.show(document(2, event(EVENT, "Started")));
        watch.read();
        wish(order("o-1", EVENT));

        assertThat(approvals()).isEmpty();
        assertThat(orders.results())
                .containsExactly(new Result("o-1", false, "the event is Started already"));
    }

    @Test
    void nothingIsApprovedWhileTheDocumentIsUnknown() {
        service.server.answer(200, "");
        watch.read();
        wish(order("o-1", EVENT));

        assertThat(approvals()).isEmpty();
        assertThat(orders.results())
                .containsExactly(
                        new Result(
                                "o-1",
                                false,
                                "the document is unknown: answered 200 with an empty body"));
    }

    @Test
    void anOrderIsNotCarriedOutAfterItsTime() {
        orders.wish(List.of(order("o-1", EVENT)), time.instant(), List.of());
        time.passSeconds(10);
        orders.carryOut();

        assertThat(approvals()).isEmpty();
        assertThat(orders.results())
                .containsExactly(new Result("o-1", false, "the order is not valid any more"));
    }

    @Test
    void anOrderThatIsRenewedBeforeItWasCarriedOutLivesLonger() {
        orders.wish(List.of(order("o-1", EVENT)), time.instant(), List.of());
        time.passSeconds(9);
        orders.wish(List.of(order("o-1", EVENT)), time.instant(), List.of());
        time.passSeconds(9);
        orders.carryOut();

        assertThat(approvals()).hasSize(1);
    }

    @Test
    void anOrderThatIsWithdrawnBeforeItWasCarriedOutIsForgotten() {
        orders.wish(List.of(order("o-1", EVENT)), time.instant(), List.of());
        orders.wish(List.of(), time.instant(), List.of());
        orders.carryOut();

        assertThat(approvals()).isEmpty();
        assertThat(orders.results()).isEmpty();
    }

    @Test
    void aResultIsToldUntilAnAnswerToItNoLongerHoldsTheOrder() {
        wish(order("o-1", EVENT));
        List<Result> told = orders.results();

        // The answer to a report that was sent before there was a result.
        orders.wish(List.of(), time.instant(), List.of());
        assertThat(orders.results()).isEqualTo(told);
        orders.wish(List.of(order("o-1", EVENT)), time.instant(), told);
        assertThat(orders.results()).isEqualTo(told);
        orders.wish(List.of(), time.instant(), told);
        assertThat(orders.results()).isEmpty();
    }

    private void wish(Approve order) {
        orders.wish(List.of(order), time.instant(), orders.results());
        orders.carryOut();
    }

    private static Approve order(String id, String eventId) {
        return new Approve(id, eventId, Duration.ofSeconds(10));
    }

    private List<Asked> approvals() {
        return service.server.asked.stream()
                .filter(asked -> asked.method().equals("POST"))
                .toList();
    }
}
