package io.ebb.simulator.balancer;

import io.ebb.simulator.arm.Membership;
import io.ebb.simulator.arm.Rule;
import io.ebb.simulator.arm.RuleHealth.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One health probe of one member; the words are those of the health API. */
final class Prober {
    static final Verdict UP = new Verdict(true, "Up_Probe_Success");

    /** Where the rule has no probe. */
    private static final Verdict UNASKED = new Verdict(true, "Up_Platform");

    private final Duration interval;

    Prober(Duration interval) {
        this.interval = interval;
    }

    /** Asks what the probe of the member's rule asks; takes no longer than the interval. */
    Verdict probe(Membership member) {
        return member.rule()
                .flatMap(Rule::probe)
                .map(probe -> probe(member.address(), probe))
                .orElse(UNASKED);
    }

    /** Only 200 counts as an answer over HTTP. */
    private Verdict probe(String address, Rule.Probe probe) {
        int timeout = (int) Math.max(1, interval.toMillis());
        boolean tcp = probe.protocol().equalsIgnoreCase("Tcp");
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, probe.port()), timeout);
            return tcp ? UP : ask(socket, address, probe, timeout);
        } catch (SocketTimeoutException e) {
            return down(tcp ? "Down_Probe_TcpProbeTimeout" : "Down_Probe_HttpNoResponse");
        } catch (IOException e) {
            return down(tcp ? "Down_Probe_TcpProbeTimeout" : "Down_Probe_HttpEndpointUnreachable");
        }
    }

    private static Verdict ask(Socket socket, String address, Rule.Probe probe, int timeout)
            throws IOException {
        socket.setSoTimeout(timeout);
        var request =
                "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: Load Balancer Agent\r\nConnection: close\r\n\r\n"
                        .formatted(probe.path(), address, probe.port());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var reader =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        var status = reader.readLine();
        if (status == null) {
            return down("Down_Probe_HttpNoResponse");
        }
        return status.matches("HTTP/1\\.[01] 200( .*)?")
                ? UP
                : down("Down_Probe_HttpStatusCodeError");
    }

    private static Verdict down(String reason) {
        return new Verdict(false, reason);
    }
}
