package io.ebb.orchestrator.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything that can be said of the policy: names, defaults and meanings, in one table. */
public enum Setting {
    ACTION(Where.TERMS, "action", "drain", "`ignore`: nothing is taken out, and nothing approved"),
    START(
            Where.TERMS,
            "start",
            "at-lead",
            "`at-once`: when it is first seen, be it days ahead; then it is drained and approved early"),
    LEAD(Where.TERMS, "lead", "30m", "an event counts from so long before NotBefore on"),
    LONGEST_DRAIN(Where.TERMS, "longest-drain", "10m", "how long a VM may take to run off"),
    MARGIN(
            Where.TERMS,
            "margin",
            "60s",
            "draining ends so long before NotBefore; at most half of the time left at first sight"),
    QUIET(Where.TERMS, "quiet", "10s", "no connection, or not more than `remaining`, for so long"),
    REMAINING(Where.TERMS, "remaining", "0", "connections that may be left"),
    APPROVE(
            Where.TERMS,
            "approve",
            "when-drained",
            "`at-once`; `by-operator`; `never`, not even by an operator"),
    AT_DEADLINE(
            Where.TERMS,
            "at-deadline",
            "leave",
            "`approve`: not drained, approve all the same; never for Preempt"),
    BELOW_MINIMUM(
            Where.TERMS,
            "below-minimum",
            "take-out",
            "at the deadline of what takes the VM down anyway; `keep-in`: the minimum holds even then"),
    UNMANAGED(
            Where.TERMS,
            "unmanaged",
            "block",
            "`ignore`: VMs that Ebb does not manage do not keep an event from being approved"),
    WAIT_WITHOUT_AGENT(
            Where.TERMS,
            "wait-without-agent",
            "5m",
            "a VM whose agent is silent is taken for drained when it has been out for so long"),
    APPROVE_WITHOUT_AGENT(
            Where.TERMS, "approve-without-agent", "false", "`true`: that is enough to approve"),
    WITHOUT_AGENT(
            Where.TERMS,
            "without-agent",
            "operator",
            "what puts such a VM back. `probe`: it runs, says Azure; the load balancer judges then"),

    MINIMUM(Where.POOL, "minimum", "1", "members that stay in rotation; `50%` is rounded up"),
    MOST_OUT(Where.POOL, "most-out", "1", "members of a pool that may be out at once"),
    DOMAIN_TOGETHER(
            Where.POOL,
            "domain-together",
            "false",
            "`true`: VMs of one update domain, announced together, may exceed `most-out`, never `minimum`"),
    STRATEGY(
            Where.POOL_ONLY,
            "strategy",
            "chosen",
            "`remove`, `quiesce-then-remove` or `probe`; [how it is chosen](strategies.md#which-one-is-chosen)"),
    ALLOW_OUTBOUND_LOSS(
            Where.POOL_ONLY,
            "allow-outbound-loss",
            "false",
            "`true`: leave a pool that gives its VMs their way out"),

    HEALTHY(Where.GENERAL, "healthy", "3", "good checks in a row before a VM goes back"),
    RETURN_WITHIN(
            Where.GENERAL,
            "return-within",
            "15m",
            "a VM that should be back and is not for so long is parked, with its reason"),
    IGNORE_SOURCES(
            Where.GENERAL,
            "ignore-sources",
            "none",
            "whose connections do not count, as `10.0.9.0/24,10.0.8.4`: monitoring"),
    IGNORE_FREEZES_UP_TO(
            Where.GENERAL,
            "ignore-freezes-up-to",
            "none",
            "`10s`: freezes that Azure expects to last no longer are ignored"),

    TYPES(Where.MATCH, "types", "all", "`freeze,reboot,redeploy,preempt,terminate,other`"),
    SOURCE(Where.MATCH, "source", "all", "`platform`, `user` or `operator`"),
    EXPECTED_UP_TO(
            Where.MATCH,
            "expected-up-to",
            "any",
            "Azure expects the interruption to last no longer; one that it does not know is longer"),
    POOLS(Where.MATCH, "pools", "all", "names of pools");

    /** Where a setting may stand. */
    enum Where {
        /**
         * For events: {@code ebb.policy}, {@code ebb.pools.<name>} and {@code ebb.rules.<name>}.
         */
        TERMS,
        /** For pools: {@code ebb.policy} and {@code ebb.pools.<name>}. */
        POOL,
        /** {@code ebb.pools.<name>} only. */
        POOL_ONLY,
        /** {@code ebb.policy} only. */
        GENERAL,
        /** What a rule is for: {@code ebb.rules.<name>} only. */
        MATCH
    }

    final Where where;
    private final String key;
    private final String byDefault;
    private final String meaning;

    Setting(Where where, String key, String byDefault, String meaning) {
        this.where = where;
        this.key = key;
        this.byDefault = byDefault;
        this.meaning = meaning;
    }

    /** Its name, as {@code longest-drain}. */
    public String key() {
        return key;
    }

    /** What holds when nothing is said. */
    public String byDefault() {
        return byDefault;
    }

    /** What it means, for people, as Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The setting of this name among those that may stand there. */
    static Optional<Setting> find(String key, List<Where> places) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key) && places.contains(setting.where))
                .findFirst();
    }

    /** Those that may stand there. */
    public static List<Setting> in(List<Where> places) {
        return Arrays.stream(values()).filter(setting -> places.contains(setting.where)).toList();
    }
}
