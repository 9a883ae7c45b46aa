package io.ebb.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.EventId;
import io.ebb.orchestrator.drain.VmId;
import io.ebb.orchestrator.fleet.Sightings.Finding;
import io.ebb.protocol.Report.Reading;
import io.ebb.protocol.ScheduledEventsJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SightingsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T17:00:00Z");
    private static final String SCOPE = "/as/web";
    private static final EventId REBOOT = new EventId(SCOPE, "602D9444");
    private static final String SCHEDULED =
            Reports.event("602D9444", "Scheduled", "Fri, 20 Nov 2026 17:15:00 GMT", "web-1");
    private static final String STARTED = Reports.event("602D9444", "Started", "", "web-1");

    private static Testimony testimony(Reports reports, String scope, Instant heardAt) {
        var report = reports.build();
        return new Testimony(
                new VmId(report.vm().vmId()),
                report.vm().name(),
                scope,
                report,
                ScheduledEventsJson.read(report.document().text()).events(),
                heardAt,
                Optional.empty());
    }

    private static Reports web(int number) {
        return Reports.of("web-" + number, "vm-" + number);
    }

    private static Finding find(Reports... reports) {
        var testimonies =
                List.of(reports).stream().map(report -> testimony(report, SCOPE, NOW)).toList();
        return new Sightings(testimonies, NOW).of(REBOOT);
    }

    @Test
    void anEventInAFreshDocumentIsSeen() {
        assertThat(find(web(0).sees(SCHEDULED))).isInstanceOf(Finding.Seen.class);
    }

    @Test
    @DisplayName("edge case 14: an event is known by its id, whatever its case")
    void anEventIsKnownByItsIdWhateverItsCase() {
        assertThat(find(web(0).sees(SCHEDULED.replace("602D9444", "602d9444"))))
                .isInstanceOf(Finding.Seen.class);
    }

    @Test
    void aWitnessThatHasMissedItInThreeGoodReadingsProvesItGone() {
        assertThat(find(web(0).misses("602D9444", 3))).isInstanceOf(Finding.Gone.class);
    }

    @Test
    void twoGoodReadingsProveNothing() {
        assertThat(find(web(0).misses("602D9444", 2))).isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void anAgentThatNeverSawItProvesNothingWhileItsServiceMayBeBlind() {
        assertThat(find(web(0).goodFor(Duration.ofSeconds(299))))
                .isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void aFreshWitnessThatIsBlindProvesNothingThoughWhoeverSawItIsSilent() {
        var silent = testimony(web(1).sees(SCHEDULED), SCOPE, NOW.minusSeconds(60));
        var blind = testimony(web(0).goodFor(Duration.ofMinutes(2)), SCOPE, NOW);
        var others = testimony(web(2).goodFor(Duration.ofSeconds(299)), SCOPE, NOW);

        assertThat(new Sightings(List.of(silent, blind, others), NOW).of(REBOOT))
                .isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void anAgentThatNeverSawItProvesItGoneAfterFiveMinutesOfGoodDocuments() {
        assertThat(find(web(0).goodFor(Duration.ofMinutes(5)))).isInstanceOf(Finding.Gone.class);
    }

    @Test
    void aFreshWitnessThatStillSeesItBeatsOneThatDoesNot() {
        assertThat(find(web(0).misses("602D9444", 9), web(2).sees(SCHEDULED)))
                .isInstanceOf(Finding.Seen.class);
    }

    @Test
    void startedBeatsAWitnessThatStillSeesScheduled() {
        var finding = find(web(0).sees(SCHEDULED), web(2).sees(STARTED));
        assertThat(finding)
                .isInstanceOfSatisfying(
                        Finding.Seen.class,
                        seen -> assertThat(seen.event().status()).isEqualTo("Started"));
    }

    @Test
    void noAgentProvesNothing() {
        assertThat(find()).isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void aFailedReadingProvesNothing() {
        assertThat(find(web(0).reading(Reading.UNKNOWN, Optional.empty())))
                .isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void anOldDocumentProvesNothingEitherWay() {
        var old = Optional.of(Sightings.FRESH.plusSeconds(1));
        assertThat(find(web(0).sees(SCHEDULED).reading(Reading.UNKNOWN, old)))
                .isInstanceOf(Finding.Unknown.class);
        assertThat(find(web(0).misses("602D9444", 3).reading(Reading.UNKNOWN, old)))
                .isInstanceOf(Finding.Unknown.class);
    }

    @Test
    void anAgentThatFellSilentProvesNothing() {
        var silent =
                testimony(
                        web(0).misses("602D9444", 3),
                        SCOPE,
                        NOW.minus(Sightings.FRESH).minusSeconds(1));
        assertThat(new Sightings(List.of(silent), NOW).of(REBOOT))
                .isInstanceOf(Finding.Unknown.class);
    }

    @Test
    @DisplayName("edge case 41: an agent of another scope proves nothing")
    void anAgentOfAnotherScopeProvesNothing() {
        var stranger = testimony(web(0).goodFor(Duration.ofHours(1)), "/as/other", NOW);
        assertThat(new Sightings(List.of(stranger), NOW).of(REBOOT))
                .isInstanceOf(Finding.Unknown.class);
    }
}
