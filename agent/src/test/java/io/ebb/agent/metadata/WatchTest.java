package io.ebb.agent.metadata;

import static io.ebb.agent.testing.FakeImds.EVENT;
import static io.ebb.agent.testing.FakeImds.document;
import static io.ebb.agent.testing.FakeImds.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.agent.testing.FakeImds;
import io.ebb.agent.testing.FakeServer;
import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.Report;
import io.ebb.protocol.Report.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WatchTest {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RECENT = Duration.ofSeconds(2);

    private final FakeImds service = new FakeImds();
    private final FakeTime time = new FakeTime();
    private final AtomicInteger changes = new AtomicInteger();
    private final Imds imds = new Imds(service.uri());
    private final Watch watch =
            new Watch(imds, time, POLL, Duration.ofMillis(300), changes::incrementAndGet);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void asksAsTheServiceWantsToBeAsked() {
        watch.read();

        var asked = service.server.next();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.uri()).isEqualTo("/metadata/scheduledevents?api-version=2020-07-01");
        assertThat(asked.header("Metadata")).isEqualTo("true");
        assertThat(asked.header("If-None-Match")).isEmpty();
    }

    @Test
    void sendsTheEtagAndTakesA304AsConfirmation() {
        watch.read();
        service.server.next();
        time.passSeconds(1);
        watch.read();

        assertThat(service.server.next().header("If-None-Match"))
                .isEqualTo("\"" + document(0).hashCode() + "\"");
        assertThat(watch.document().reading()).isEqualTo(Reading.UNCHANGED);
        assertThat(watch.document().age()).contains(Duration.ZERO);
        assertThat(watch.document().goodReads()).isEqualTo(2);
    }

    @Test
    void tellsOfAChangedDocumentAndOfOneThatBecameUnknown() {
        watch.read();
        assertThat(changes).hasValue(1);
        watch.read();
        assertThat(changes).hasValue(1);
        service.show(document(1, event(EVENT, "Scheduled")));
        watch.read();
        assertThat(changes).hasValue(2);
        service.server.answer(500, "");
        watch.read();
        watch.read();
        assertThat(changes).hasValue(3);
        service.recover();
        watch.read();
        assertThat(changes).hasValue(4);
    }

    @Test
    void aServiceThatDoesNotAnswerInTimeIsUnknown() {
        service.server.hang();
        watch.read();

        assertThat(watch.document().reading()).isEqualTo(Reading.UNKNOWN);
        assertThat(watch.document().problem().orElse("")).containsIgnoringCase("timed out");
    }

    @Test
    @DisplayName("edge case 2: a first answer that comes late is taken")
    void aLateFirstAnswerIsTaken() throws Exception {
        var asked = new CountDownLatch(1);
        var ready = new CountDownLatch(1);
        service.server.answer(request -> {
            asked.countDown();
            await(ready);
            return FakeServer.Reply.of(200, document(3));
        });
        var patient = new Watch(imds, time, POLL, Duration.ofSeconds(150), () -> {});
        var reading = Thread.ofVirtual().start(patient::read);
        await(asked);
        assertThat(patient.document().age()).isEmpty();
        ready.countDown();
        reading.join();

        assertThat(patient.document().text()).isEqualTo(document(3));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @DisplayName("edge case 33: an error changes nothing that is known and is asked past")
    @ValueSource(ints = {404, 410, 429, 500, 503})
    void anErrorChangesNothingThatIsKnown(int status) {
        service.show(document(1, event(EVENT, "Scheduled")));
        watch.read();
        service.server.answer(status, "<html>" + status + "</html>");
        assertThat(watch.read()).isBetween(POLL, Duration.ofSeconds(5));

        assertThat(watch.document().reading()).isEqualTo(Reading.UNKNOWN);
        assertThat(watch.document().text()).contains(EVENT);
        assertThat(watch.missing()).isEmpty();
        service.recover();
        watch.read();
        assertThat(watch.document().reading()).isEqualTo(Reading.UNCHANGED);
    }

    @Test
    void anErrorsBodyIsNotReadAsADocument() {
        watch.read();
        service.server.answer(410, document(5));
        watch.read();

        assertThat(watch.document().reading()).isEqualTo(Reading.UNKNOWN);
        assertThat(watch.document().text()).isEqualTo(document(0));
    }

    @Test
    void aRedirectIsNotFollowed() {
        service.server.answer(asked ->
                new io.ebb.agent.testing.FakeServer.Reply(
                        302, java.util.Map.of("Location", "/elsewhere"), ""));
        watch.read();

        assertThat(watch.document().problem().orElse("")).startsWith("answered 302");
        assertThat(service.server.asked).hasSize(1);
    }

    @Test
    @DisplayName("edge case 34: a throttling service is left alone for a while")
    void leavesAThrottlingServiceAloneForAWhile() {
        assertThat(watch.read()).isEqualTo(POLL);
        service.server.answer(429, "<html>");
        assertThat(watch.read()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aRecentReadingIsCertainEnough() throws Exception {
        service.show(document(1, event(EVENT, "Scheduled")));
        watch.read();
        time.passSeconds(2);

        assertThat(watch.certain(EVENT, RECENT)).isPresent();
        assertThat(service.server.asked).hasSize(1);
    }

    @Test
    void anOlderReadingIsMadeAnew() throws Exception {
        service.show(document(1, event(EVENT, "Scheduled")));
        watch.read();
        time.pass(Duration.ofMillis(2001));
        service.show(document(2));

        assertThat(watch.certain(EVENT, RECENT)).isEmpty();
        assertThat(service.server.asked).hasSize(2);
    }

    @Test
    void nothingIsCertainOfAServiceThatFails() {
        service.show(document(1, event(EVENT, "Scheduled")));
        watch.read();
        service.server.answer(500, "");
        watch.read();

        assertThatThrownBy(() -> watch.certain(EVENT, RECENT))
                .isInstanceOf(UnknownDocumentException.class)
                .hasMessage("answered 500");
    }

    @Test
    void anEventThatHasJustVanishedIsStillWorthFrequentReports() {
        service.show(document(1, event(EVENT, "Scheduled")));
        watch.read();
        assertThat(watch.open()).isTrue();
        service.show(document(2));
        watch.read();
        assertThat(watch.open()).isTrue();
        for (int i = 0; i < 10; i++) {
            watch.read();
        }
        assertThat(watch.open()).isFalse();
    }

    @Test
    void readsWhoTheVmIs() throws IOException {
        assertThat(imds.compute()).isEqualTo(new Report.Vm("v-1", "web-1", "rg", "", "", "", ""));
        assertThat(service.server.next().uri())
                .isEqualTo("/metadata/instance/compute?api-version=2021-12-13");
    }

    @Test
    void anErrorIsNoVm() {
        service.server.answer(404, "updating");
        assertThatThrownBy(imds::compute).hasMessage("answered 404: updating");
        service.server.answer(200, "");
        assertThatThrownBy(imds::compute).hasMessage("compute: empty");
    }
}
