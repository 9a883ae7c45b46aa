package io.ebb.simulator.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that replace values of the scenario. Each is a path in it, so errors read the same. */
final class OverrideOptions {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** The values by path, the last one given wins. */
    Map<String, String> values() {
        return values;
    }

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "any value of the scenario")
    void set(Map<String, String> pairs) {
        values.putAll(pairs);
    }

    @Option(names = "--arm", paramLabel = "HOST:PORT", description = "ARM and token endpoint")
    void arm(String value) {
        values.put("addresses.arm", value);
    }

    @Option(names = "--control", paramLabel = "HOST:PORT", description = "control API")
    void control(String value) {
        values.put("addresses.control", value);
    }

    @Option(names = "--metadata-port", description = "port of every metadata endpoint")
    void metadataPort(String value) {
        values.put("addresses.metadataPort", value);
    }

    @Option(names = "--guest-port", description = "port of every backend program")
    void guestPort(String value) {
        values.put("addresses.guestPort", value);
    }

    @Option(names = "--frontend", paramLabel = "HOST:PORT", description = "load balancer")
    void frontend(String value) {
        values.put("loadBalancer.frontend", value);
    }

    @Option(names = "--certificate", paramLabel = "FILE", description = "ARM's, to be written")
    void certificate(String value) {
        values.put("certificate", value);
    }

    @Option(names = "--work-directory", paramLabel = "FOLDER", description = "boot ids and logs")
    void workDirectory(String value) {
        values.put("workDirectory", value);
    }

    @Option(names = "--flows", description = "keep or reset: established flows on a removal")
    void flows(String value) {
        values.put("loadBalancer.flowsOnRemoval", value);
    }

    @Option(names = "--distribution", description = "SourceIP or Default (five-tuple)")
    void distribution(String value) {
        values.put("loadBalancer.distribution", value);
    }

    @Option(names = "--probe-port", description = "port of the load balancer's probe")
    void probePort(String value) {
        values.put("loadBalancer.probe.port", value);
    }

    @Option(names = "--probe-path", description = "path of the load balancer's probe")
    void probePath(String value) {
        values.put("loadBalancer.probe.path", value);
    }

    @Option(names = "--probe-interval", description = "like 5s")
    void probeInterval(String value) {
        values.put("loadBalancer.probe.interval", value);
    }

    @Option(names = "--probe-threshold", description = "equal answers that change the verdict")
    void probeThreshold(String value) {
        values.put("loadBalancer.probe.threshold", value);
    }
}
