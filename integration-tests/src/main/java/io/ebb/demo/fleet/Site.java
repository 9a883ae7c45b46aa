package io.ebb.demo.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where everything listens: on loopback, each VM at an address of its own.
 *
 * @param shift added to every port, so that two fleets can stand side by side
 */
public record Site(int shift) {
    /** The VMs, behind one load balancer. */
    public static final List<String> VMS = List.of("web-0", "web-1", "web-2");

    /** The address of a VM. */
    public String address(String vm) {
        return "127.0.1." + (VMS.indexOf(vm) + 1);
    }

    public int guestPort() {
        return 8080 + shift;
    }

    public int healthzPort() {
        return 8090 + shift;
    }

    public int metadataPort() {
        return 8169 + shift;
    }

    public int armPort() {
        return 8443 + shift;
    }

    public int controlPort() {
        return 8100 + shift;
    }

    public int orchestratorPort() {
        return 8400 + shift;
    }

    /** Where a second orchestrator serves. */
    public int standbyPort() {
        return 8401 + shift;
    }

    /** Where the clients connect to. */
    public InetSocketAddress frontend() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8081 + shift);
    }

    /**
     * Makes sure that nobody else listens where the fleet is to listen.
     *
     * @throws FleetException naming each address that is taken
     */
    public void checkFree() {
        var taken = new ArrayList<String>();
        all().forEach(address -> {
            try (var socket = new ServerSocket()) {
                socket.bind(address);
            } catch (IOException e) {
                taken.add(address.getHostString() + ":" + address.getPort());
            }
        });
        if (!taken.isEmpty()) {
            throw new FleetException(
                    "in use by another process: "
                            + String.join(", ", taken)
                            + ". End what listens there (ss -ltnp shows it), or move the demo with"
                            + " --port-shift.");
        }
    }

    private Stream<InetSocketAddress> all() {
        var central =
                Stream.of(armPort(), controlPort(), orchestratorPort(), standbyPort())
                        .map(port -> at("127.0.0.1", port));
        var perVm =
                VMS.stream()
                        .flatMap(vm ->
                                Stream.of(guestPort(), healthzPort(), metadataPort())
                                        .map(port -> at(address(vm), port)));
        return Stream.of(central, Stream.of(frontend()), perVm).flatMap(stream -> stream);
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
