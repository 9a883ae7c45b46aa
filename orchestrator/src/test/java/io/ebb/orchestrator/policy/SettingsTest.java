package io.ebb.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.orchestrator.drain.EventType;
import io.ebb.orchestrator.drain.PoolId;
import io.ebb.orchestrator.drain.Strategy;
import io.ebb.orchestrator.drain.Terms;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written in the settings is what the rules say. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettingsTest {
    private static Rules rules(Map<String, Object> settings) {
        try (var context = context(settings)) {
            return context.getBean(Rules.class);
        }
    }

    private static ApplicationContext context(Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("datasources.default.enabled", false);
        all.put("flyway.enabled", false);
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .environments("settings")
                .properties(all)
                .start();
    }

    private static Terms terms(Rules rules, EventType type, String... pools) {
        return rules.policy()
                .terms(new Occasion(type, "Platform", Optional.empty(), Set.of(pools)));
    }

    private static Terms freeze(Rules rules, int seconds) {
        return rules.policy()
                .terms(
                        new Occasion(
                                EventType.FREEZE,
                                "Platform",
                                Optional.of(Duration.ofSeconds(seconds)),
                                Set.of()));
    }

    @Test
    void withoutSettingsTheDefaultsHoldAndNothingIsTouched() {
        var rules = rules(Map.of());
        assertThat(rules.enforce()).isFalse();
        assertThat(terms(rules, EventType.REBOOT)).isEqualTo(Terms.DEFAULT);
        assertThat(rules.healthyChecks()).isEqualTo(3);
        assertThat(rules.pool()).isEqualTo(PoolRule.DEFAULT);
        assertThat(rules.ignoreSources()).isEmpty();
        assertThat(rules.returnWithin()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void byItselfAPreemptLeavesAtOnceAndIsNeverApproved() {
        var preempt = terms(rules(Map.of()), EventType.PREEMPT);
        assertThat(preempt.start()).isEqualTo(Terms.Start.AT_ONCE);
        assertThat(preempt.approve()).isEqualTo(Terms.Approve.NEVER);
    }

    @Test
    void byItselfAFreezeKeepsTheMinimumAndATerminateIsApprovedWhenDrained() {
        var rules = rules(Map.of());
        assertThat(terms(rules, EventType.FREEZE).belowMinimum())
                .isEqualTo(Terms.BelowMinimum.KEEP_IN);
        assertThat(terms(rules, EventType.TERMINATE)).isEqualTo(Terms.DEFAULT);
    }

    @Test
    void theSettingsAreRead() {
        var rules =
                rules(
                        Map.ofEntries(
                                Map.entry("ebb.mode", "enforce"),
                                Map.entry("ebb.policy.lead", "2h"),
                                Map.entry("ebb.policy.longest-drain", "20m"),
                                Map.entry("ebb.policy.margin", "90s"),
                                Map.entry("ebb.policy.quiet", "5s"),
                                Map.entry("ebb.policy.remaining", "4"),
                                Map.entry("ebb.policy.healthy", "7"),
                                Map.entry("ebb.policy.at-deadline", "approve"),
                                Map.entry("ebb.policy.unmanaged", "ignore"),
                                Map.entry("ebb.policy.wait-without-agent", "3m"),
                                Map.entry("ebb.policy.approve-without-agent", "true"),
                                Map.entry("ebb.policy.without-agent", "probe"),
                                Map.entry("ebb.policy.return-within", "1h"),
                                Map.entry("ebb.policy.domain-together", "true"),
                                Map.entry("ebb.policy.ignore-sources", "10.0.9.0/24,fd00::/8"),
                                Map.entry("ebb.policy.below-minimum", "keep-in")));
        assertThat(rules.enforce()).isTrue();
        assertThat(terms(rules, EventType.REBOOT))
                .isEqualTo(
                        new Terms(
                                Terms.Action.DRAIN,
                                Terms.Start.AT_LEAD,
                                Duration.ofHours(2),
                                Duration.ofMinutes(20),
                                Duration.ofSeconds(90),
                                Duration.ofSeconds(5),
                                4,
                                Terms.Approve.WHEN_DRAINED,
                                Terms.AtDeadline.APPROVE,
                                Terms.BelowMinimum.KEEP_IN,
                                Terms.Unmanaged.IGNORE,
                                Duration.ofMinutes(3),
                                true,
                                Terms.WithoutAgent.PROBE));
        assertThat(rules.healthyChecks()).isEqualTo(7);
        assertThat(rules.returnWithin()).isEqualTo(Duration.ofHours(1));
        assertThat(rules.remaining()).containsExactly(4);
        assertThat(rules.ignoreSources()).containsExactly("10.0.9.0/24", "fd00::/8");
        assertThat(rules.pool().domainTogether()).isTrue();
    }

    @Test
    void freezesThatAreExpectedToBeShortMayBeIgnored() {
        var rules = rules(Map.of("ebb.policy.ignore-freezes-up-to", "10s"));
        assertThat(freeze(rules, 10).action()).isEqualTo(Terms.Action.IGNORE);
        assertThat(freeze(rules, 11).action()).isEqualTo(Terms.Action.DRAIN);
        assertThat(terms(rules, EventType.FREEZE).action())
                .as("one whose length is not known")
                .isEqualTo(Terms.Action.DRAIN);
    }

    @Test
    void aRuleHoldsForItsOccasionsOnly() {
        var rules =
                rules(
                        Map.of(
                                "ebb.rules.users-reboots.types", "reboot,redeploy",
                                "ebb.rules.users-reboots.source", "user",
                                "ebb.rules.users-reboots.approve", "by-operator"));
        assertThat(terms(rules, EventType.REBOOT).approve()).isEqualTo(Terms.Approve.WHEN_DRAINED);
        assertThat(
                        rules.policy()
                                .terms(
                                        new Occasion(
                                                EventType.REDEPLOY,
                                                "User",
                                                Optional.empty(),
                                                Set.of()))
                                .approve())
                .isEqualTo(Terms.Approve.BY_OPERATOR);
    }

    @Test
    void laterRulesOverrideEarlierOnesAndAllOverrideThePools() {
        var rules =
                rules(
                        Map.of(
                                "ebb.pools.web.quiet", "20s",
                                "ebb.rules.a.quiet", "30s",
                                "ebb.rules.a.types", "reboot",
                                "ebb.rules.b.quiet", "40s",
                                "ebb.rules.b.types", "reboot",
                                "ebb.rules.b.pools", "web"));
        assertThat(terms(rules, EventType.REDEPLOY, "web").quiet()).hasSeconds(20);
        assertThat(terms(rules, EventType.REBOOT, "api").quiet()).hasSeconds(30);
        assertThat(terms(rules, EventType.REBOOT, "web").quiet()).hasSeconds(40);
    }

    @Test
    void whereTheVmsOfAnEventAreInPoolsOfDifferentTermsTheMoreCarefulHold() {
        var rules =
                rules(
                        Map.of(
                                "ebb.pools.web.quiet", "20s",
                                "ebb.pools.api.approve", "by-operator",
                                "ebb.pools.api.remaining", "5"));
        var both = terms(rules, EventType.REBOOT, "web", "api");
        assertThat(both.quiet()).hasSeconds(20);
        assertThat(both.approve()).isEqualTo(Terms.Approve.BY_OPERATOR);
        assertThat(both.remaining()).isZero();
    }

    @Test
    void whatWasWrittenIsReadBackTheSame() {
        try (var context =
                context(Map.of("ebb.policy.quiet", "5s", "ebb.pools.web.minimum", "2"))) {
            var document = context.getBean(PolicyDocument.class);
            assertThat(document.write())
                    .isEqualTo(
                            "{\"policy\":{\"quiet\":\"5s\"},\"pools\":{\"web\":{\"minimum\":\"2\"}},\"rules\":{}}");
            assertThat(PolicyDocument.read(document.write())).isEqualTo(document);
        }
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

    @Test
    void onePoolMayBeEnforcedOrObservedOnly() {
        var one = rules(Map.of("ebb.pools.Web.mode", "enforce"));
        assertThat(one.enforce()).isTrue();
        assertThat(one.modes().enforces(new PoolId("/backendAddressPools/web"))).isTrue();
        assertThat(one.modes().enforces(new PoolId("/backendAddressPools/api"))).isFalse();
        var others = rules(Map.of("ebb.mode", "enforce", "ebb.pools.web.mode", "observe"));
        assertThat(others.modes().enforces(new PoolId("/backendAddressPools/web"))).isFalse();
        assertThat(others.modes().enforces(new PoolId("/backendAddressPools/api"))).isTrue();
        assertThat(rules(Map.of("ebb.pools.web.mode", "observe")).enforce()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ebb.policy.margin,        31m,  ebb.policy.margin (31m),        ebb.policy.lead (30m)",
        "ebb.policy.quiet,         10m,  ebb.policy.quiet (10m),         ebb.policy.longest-drain (10m)",
        "ebb.policy.longest-drain, 30m,  ebb.policy.longest-drain (30m), ebb.policy.lead (30m)",
        "ebb.policy.lead,          5m,   ebb.policy.longest-drain (10m), ebb.policy.lead (5m)",
        "ebb.rules.x.lead,         5m,   ebb.policy.longest-drain (10m), ebb.rules.x.lead (5m)",
        "ebb.pools.web.quiet,      11m,  ebb.pools.web.quiet (11m),      ebb.policy.longest-drain (10m)",
        "ebb.policy.minimum,       100%, ebb.policy.minimum (100%),      ebb.policy.most-out (1)"
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
        "ebb.policy.minimum, -1",
        "ebb.policy.remaining, -1",
        "ebb.policy.lead, soon",
        "ebb.policy.approve, maybe",
        "ebb.policy.approve-without-agent, perhaps",
        "ebb.policy.ignore-sources, monitoring",
        "ebb.policy.ignore-sources, 10.0.0.256",
        "ebb.policy.ignore-sources, 10.0.0.0/33",
        "ebb.policy.longest-drian, 5m",
        "ebb.policy.strategy, remove",
        "ebb.pools.web.healthy, 3",
        "ebb.pools.web.strategy, gently",
        "ebb.policy.mode, enforce",
        "ebb.rules.x.mode, enforce",
        "ebb.rules.x.types, meteor",
        "ebb.rules.x.source, nature",
        "ebb.rules.x.most-out, 2"
    })
    void aSettingThatMakesNoSenseIsNamed(String name, String value) {
        assertThatThrownBy(() -> rules(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining(name);
    }

    @Test
    void anApprovalThatIsRuledOutIsNotAskedForAtTheDeadline() {
        assertThatThrownBy(() ->
                        rules(
                                Map.of(
                                        "ebb.policy.approve", "never",
                                        "ebb.policy.at-deadline", "approve")))
                .rootCause()
                .hasMessageContaining("ebb.policy.approve (never)")
                .hasMessageContaining("ebb.policy.at-deadline (approve)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | no JSON object",
                "{\"policy\":[]} | ebb.policy: expected an object",
                "{\"policy\":{\"quiet\":null}} | ebb.policy.quiet: expected a text",
                "{\"rules\":{\"x\":{\"quite\":\"5s\"}}} | ebb.rules.x.quite: there is no such setting",
                "{\"polcy\":{}} | polcy: expected policy, pools or rules",
                "{ | no JSON"
            })
    void aDocumentThatCannotBeReadSaysWhereAndWhy(String json, String complaint) {
        assertThatThrownBy(() -> PolicyDocument.read(json))
                .isInstanceOf(ContradictionException.class)
                .hasMessageContaining(complaint);
    }
}
