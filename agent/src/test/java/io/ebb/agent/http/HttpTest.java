package io.ebb.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebb.agent.testing.FakeServer;
import io.ebb.agent.testing.FakeTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration WAIT = Duration.ofSeconds(5);

    @Test
    void aPostWhoseConnectionBreaksIsNotRepeatedBehindOnesBack() throws Exception {
        var accepted = new AtomicInteger();
        Thread accepting;
        try (var server = new ServerSocket(0, 5, LOOPBACK)) {
            accepting = Thread.ofVirtual().start(() -> breakEach(server, accepted));
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
            assertThatThrownBy(() -> Http.plain().post(uri, Map.of(), new byte[] {'x'}, WAIT))
                    .isInstanceOf(IOException.class);
        }
        accepting.join();
        assertThat(accepted).hasValue(1);
    }

    @Test
    @DisplayName("edge case 35: no proxy stands between, whatever the machine is set to")
    void aProxyIsNotAsked() throws IOException {
        var before = ProxySelector.getDefault();
        try (var proxy = FakeServer.plain();
                var service = FakeServer.plain()) {
            service.answer(200, "direct");
            ProxySelector.setDefault(
                    ProxySelector.of(new InetSocketAddress(LOOPBACK, proxy.port())));

            assertThat(Http.plain().get(service.uri(), Map.of(), WAIT).text()).isEqualTo("direct");
            assertThat(proxy.asked).isEmpty();
            assertThat(service.next().headers()).doesNotContainKey("x-forwarded-for");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void withoutAPinnedCertificateThereIsNoTls() {
        assertThatThrownBy(
                        () -> Http.plain().get(URI.create("https://127.0.0.1:1/"), Map.of(), WAIT))
                .hasMessage("no certificate is pinned for 127.0.0.1:1");
    }

    @Test
    void aCallsPortIsItsOwnWhileItLastsAndALittleLonger() throws IOException {
        var time = new FakeTime();
        var calls = new LocalCalls(time);
        try (var server = new ServerSocket(0, 5, LOOPBACK)) {
            calls.connect(new InetSocketAddress(LOOPBACK, server.getLocalPort()), WAIT);
            try (Socket accepted = server.accept()) {
                assertThat(calls.owns(accepted.getPort())).isTrue();
                time.passSeconds(3);
                assertThat(calls.owns(accepted.getPort())).isTrue();
                time.pass(Duration.ofMillis(1));
                assertThat(calls.owns(accepted.getPort())).isFalse();
            }
        }
    }

    /** All of it: one that could not be written whole was not received, and may go out again. */
    private static void readRequest(InputStream in) throws IOException {
        var read = new StringBuilder();
        while (!read.toString().endsWith("\r\n\r\nx")) {
            int next = in.read();
            assertThat(next).isNotNegative();
            read.append((char) next);
        }
    }

    /** Until the server is closed. */
    private static void breakEach(ServerSocket server, AtomicInteger accepted) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                accepted.incrementAndGet();
                readRequest(socket.getInputStream());
            } catch (IOException e) {
                assertThat(server.isClosed()).isTrue();
            }
        }
    }
}
