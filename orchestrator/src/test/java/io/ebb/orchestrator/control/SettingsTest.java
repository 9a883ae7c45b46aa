package io.ebb.orchestrator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.Policy;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written in the settings is what the rules say. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettingsTest {
    private static Rules rules(Map<String, Object> settings) {
        return bean(Rules.class, settings);
    }

    private static <T> T bean(Class<T> type, Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("datasources.default.enabled", false);
        all.put("flyway.enabled", false);
        try (var context =
                ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .environments("settings")
                        .properties(all)
                        .start()) {
            return context.getBean(type);
        }
    }

    @Test
    void withoutSettingsTheDefaultsHoldAndNothingIsTouched() {
        var rules = rules(Map.of());
        assertThat(rules.enforce()).isFalse();
        assertThat(rules.policy()).isEqualTo(Policy.DEFAULT);
        assertThat(rules.healthyChecks()).isEqualTo(3);
        assertThat(rules.pool()).isEqualTo(Rules.PoolRule.DEFAULT);
    }

    @Test
    void finishedDrainsAreKeptForNinetyDaysUnlessTheSettingsSayOtherwise() {
        assertThat(bean(Retention.class, Map.of()).length()).isEqualTo(Duration.ofDays(90));
        assertThat(bean(Retention.class, Map.of("ebb.retention", "7d")).length())
                .isEqualTo(Duration.ofDays(7));
        assertThatThrownBy(() -> rules(Map.of("ebb.retention", "24h")))
                .rootCause()
                .hasMessageStartingWith("ebb.retention is PT24H");
    }

    @Test
    void theSettingsAreRead() {
        var rules =
                rules(
                        Map.of(
                                "ebb.mode", "enforce",
                                "ebb.policy.lead", "2h",
                                "ebb.policy.longest-drain", "20m",
                                "ebb.policy.margin", "90s",
                                "ebb.policy.quiet", "5s",
                                "ebb.policy.healthy", "7",
                                "ebb.policy.at-deadline", "approve",
                                "ebb.policy.unmanaged", "ignore",
                                "ebb.policy.keep-in", "freeze,reboot"));
        assertThat(rules.enforce()).isTrue();
        assertThat(rules.policy().lead()).isEqualTo(Duration.ofHours(2));
        assertThat(rules.policy().longestDrain()).isEqualTo(Duration.ofMinutes(20));
        assertThat(rules.policy().margin()).isEqualTo(Duration.ofSeconds(90));
        assertThat(rules.policy().quiet()).isEqualTo(Duration.ofSeconds(5));
        assertThat(rules.healthyChecks()).isEqualTo(7);
        assertThat(rules.policy().atDeadline()).isEqualTo(Policy.AtDeadline.APPROVE);
        assertThat(rules.policy().unmanaged()).isEqualTo(Policy.Unmanaged.IGNORE);
        assertThat(rules.policy().keepIn())
                .containsExactlyInAnyOrder(EventType.FREEZE, EventType.REBOOT);
    }

    @Test
    void aPoolFollowsThePolicyInWhatItDoesNotSay() {
        var rules =
                rules(
                        Map.of(
                                "ebb.policy.most-out", "2",
                                "ebb.pools.web.minimum", "50%",
                                "ebb.pools.web.strategy", "quiesce-then-remove",
                                "ebb.pools.api.allow-outbound-loss", "true"));
        var web = new PoolId("/subscriptions/s/backendAddressPools/Web");
        var budget = rules.of(web).budget(web, 5);
        assertThat(budget.minimum()).as("a percentage rounds up").isEqualTo(3);
        assertThat(budget.mostOut()).isEqualTo(2);
        assertThat(rules.of(web).strategy()).contains(Strategy.QUIESCE_THEN_REMOVE);
        assertThat(rules.of(web).allowOutboundLoss()).isFalse();
        var api = new PoolId("/subscriptions/s/backendAddressPools/api");
        assertThat(rules.of(api).allowOutboundLoss()).isTrue();
        assertThat(rules.of(api).minimum()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ebb.policy.margin,        31m,  ebb.policy.margin (31m),        ebb.policy.lead (30m)",
        "ebb.policy.quiet,         10m,  ebb.policy.quiet (10m),         ebb.policy.longest-drain (10m)",
        "ebb.policy.longest-drain, 30m,  ebb.policy.longest-drain (30m), ebb.policy.lead (30m)",
        "ebb.policy.lead,          5m,   ebb.policy.longest-drain (10m), ebb.policy.lead (5m)",
        "ebb.policy.minimum,       100%, ebb.policy.minimum (100%),      ebb.policy.most-out (1)",
        "ebb.pools.web.mode,       enforce, ebb.pools.web.mode is enforce, ebb.mode is observe"
    })
    void settingsThatContradictEachOtherRefuseToStartNamingBoth(
            String name, String value, String one, String other) {
        assertThatThrownBy(() -> rules(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining(one)
                .hasMessageContaining(other);
    }

    @ParameterizedTest
    @CsvSource({
        "ebb.policy.quiet, 0s",
        "ebb.policy.healthy, 0",
        "ebb.policy.most-out, 0",
        "ebb.policy.minimum, some",
        "ebb.policy.minimum, 101%",
        "ebb.policy.minimum, -1"
    })
    void aSettingThatMakesNoSenseIsNamed(String name, String value) {
        assertThatThrownBy(() -> rules(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining(name);
    }
}
