package io.ebb.simulator.balancer;

import io.ebb.simulator.arm.RuleHealth.Verdict;
import io.ebb.simulator.scenario.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One health probe of one member; the words are those of the health API. */
final class Prober {
    static final Verdict UP = new Verdict(true, "Up_Probe_Success");

    private final Probe probe;

    Prober(Probe probe) {
        this.probe = probe;
    }

    /** Probes; takes no longer than the interval. Only 200 counts as an answer over HTTP. */
    Verdict probe(String address) {
        int timeout = (int) Math.max(1, probe.interval().toMillis());
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, probe.port()), timeout);
            return probe.protocol() == Probe.Protocol.Tcp ? UP : ask(socket, address, timeout);
        } catch (SocketTimeoutException e) {
            return down(
                    probe.protocol() == Probe.Protocol.Tcp
                            ? "Down_Probe_TcpProbeTimeout"
                            : "Down_Probe_HttpNoResponse");
        } catch (IOException e) {
            return down(
                    probe.protocol() == Probe.Protocol.Tcp
                            ? "Down_Probe_TcpProbeTimeout"
                            : "Down_Probe_HttpEndpointUnreachable");
        }
    }

    private Verdict ask(Socket socket, String address, int timeout) throws IOException {
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
