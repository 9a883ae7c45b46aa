package io.ebb.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.orchestrator.drain.Terms;
import io.ebb.orchestrator.policy.Setting.Where;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Terms are written as they are read. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TermsWordsTest {
    @Test
    void everySettingOfTheTermsIsWritten() {
        var settings = Setting.in(List.of(Where.TERMS));
        assertThat(TermsWords.settings(Terms.DEFAULT)).containsOnlyKeys(settings);
        assertThat(TermsWords.of(Terms.DEFAULT)).containsEntry("longest-drain", "10m");
    }

    @Test
    void theDefaultTermsReadAsTheTableOfSettingsSays() {
        var said = new EnumMap<Setting, Said>(Setting.class);
        TermsWords.settings(Terms.DEFAULT)
                .forEach((setting, text) -> said.put(setting, new Said(text, "ebb.policy.x")));
        assertThat(TermsText.read(said)).isEqualTo(Terms.DEFAULT);
        assertThat(TermsText.read(TermsText.overlay(List.of()))).isEqualTo(Terms.DEFAULT);
    }

    @Test
    void whatIsWrittenReadsAsTheSameTerms() {
        var texts =
                Map.of(
                        Setting.ACTION, "ignore",
                        Setting.START, "at-once",
                        Setting.LEAD, "36h",
                        Setting.LONGEST_DRAIN, "90s",
                        Setting.MARGIN, "0s",
                        Setting.QUIET, "250ms",
                        Setting.WAIT_WITHOUT_AGENT, "2d",
                        Setting.APPROVE, "by-operator",
                        Setting.WITHOUT_AGENT, "probe");
        var said = new EnumMap<Setting, Said>(Setting.class);
        texts.forEach((setting, text) ->
                said.put(setting, new Said(text, "ebb.policy." + setting.key())));
        var terms = TermsText.read(TermsText.overlay(List.of(said)));
        var written = TermsWords.settings(terms);
        texts.forEach((setting, text) ->
                assertThat(written.get(setting)).as(setting.key()).isEqualTo(text));
    }
}
