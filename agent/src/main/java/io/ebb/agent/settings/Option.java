package io.ebb.agent.settings;

import java.util.Locale;

/** Everything that can be set. */
public enum Option {
    SETTINGS("", "FILE", "read settings from this file, lines like poll=1s or EBB_POLL=1s"),
    JOIN(
            "",
            "URL,...#SHA256.TOKEN",
            "the orchestrator, or each of its replicas; the fingerprint of their certificate; the"
                    + " token"),
    METADATA("http://169.254.169.254", "URL", "the metadata service"),
    POLL("1s", "TIME", "from one reading of the Scheduled Events to the next"),
    REPORT("10s", "TIME", "from one report to the next while nothing is up"),
    FIRST_ANSWER("150s", "TIME", "wait so long for the metadata service's first answer"),
    WATCH_ADDRESSES("", "IP,...", "count connections to these local addresses only; empty: all"),
    IGNORE_SOURCES("168.63.129.16,fe80::/10", "CIDR,...", "do not count connections from these"),
    EXCLUDE_PORTS(
            "22",
            "PORT,...",
            "where a rule balances every port: do not count these, nor check them"),
    COUNT_EVERY("1s", "TIME", "from one count of the connections to the next"),
    HEALTH(
            "tcp",
            "tcp|tcp:PORT|URL",
            "healthy is: every watched port accepts, this port accepts, this http URL answers 2xx"),
    HEALTH_EVERY("1s", "TIME", "from one check of the health to the next"),
    PROBE("0.0.0.0:8090/healthz", "IP:PORT/PATH|off", "serve the load balancer's probe here"),
    PROBE_LAPSE(
            "15m", "TIME", "without the orchestrator so long, its wish to fail the probe lapses"),
    ALONE_BEFORE(
            "30s",
            "TIME|off",
            "without the orchestrator, fail the probe so long before an event of this VM; before a"
                    + " Preempt at once"),
    DRAIN_HOOK("", "COMMAND|POST URL", "tells the application to let its connections go"),
    UNDRAIN_HOOK("", "COMMAND|POST URL", "tells the application to keep its connections again"),
    HOOK_TIMEOUT("30s", "TIME", "a hook that takes longer is ended and has failed"),
    BOOT_ID_FILE("/proc/sys/kernel/random/boot_id", "FILE", "holds the id of this boot");

    /** Used when nothing is set. */
    final String fallback;

    private final String form;
    private final String help;

    Option(String fallback, String form, String help) {
        this.fallback = fallback;
        this.form = form;
        this.help = help;
    }

    /** {@code poll}, as in a file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code --poll}. */
    String flag() {
        return "--" + key();
    }

    /** {@code EBB_POLL}. */
    public String variable() {
        return "EBB_" + name();
    }

    /** What it is without being set; empty: nothing. */
    public String byDefault() {
        return fallback;
    }

    /** What a value looks like, as {@code IP:PORT/PATH|off}. */
    public String form() {
        return form;
    }

    /** What it means, in a line. */
    public String meaning() {
        return help;
    }

    /** Two lines for {@code --help}. */
    String help() {
        return "  "
                + flag()
                + (" " + form)
                + ("  (" + variable() + ", default: ")
                + (fallback.isEmpty() ? "none" : fallback)
                + (")\n        " + help);
    }
}
