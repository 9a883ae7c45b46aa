package io.ebb.simulator.scenario;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * One simulated machine.
 *
 * @param name its {@code compute.name}
 * @param address the loopback address that stands for its private address; its metadata endpoint
 *     and its backend program listen here
 */
public record Vm(String name, String address, int faultDomain, int updateDomain) {

    /** The machine's id, the same in every run. */
    public String vmId() {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The hardware address of its network interface: twelve digits, no separators. */
    public String macAddress() {
        var hash = vmId().replace("-", "").substring(0, 6);
        return "000D3A" + hash.toUpperCase(Locale.ROOT);
    }

    /** The name of its only network interface. */
    public String nic() {
        return name + "-nic";
    }
}
