package io.ebb.simulator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GuestTest {
    private Guest guest;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        guest = new Guest("web-1", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() {
        client.close();
        guest.close();
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + guest.address().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    }

    @Test
    void workAnswersExactlyTheBytesAskedFor() throws Exception {
        var answer = send("GET", "/work?ms=0&bytes=20000");

        assertThat(answer.body()).hasSize(20_000).startsWith("abcdefghijklmnopqrstuvwxyzab");
        for (int i = 0; i < 20_000; i++) {
            assertThat(answer.body().charAt(i)).isEqualTo((char) ('a' + i % 26));
        }
        assertThat(answer.headers().firstValue("X-Served-By")).contains("web-1");
        assertThat(answer.headers().firstValue("Content-Length")).contains("20000");
    }

    @Test
    void workTakesTheTimeAskedFor() throws Exception {
        long from = System.nanoTime();
        send("GET", "/work?ms=150");

        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(150_000_000L);
    }

    @Test
    void everyAnswerClosesItsConnectionFromTheDrainToTheUndrain() throws Exception {
        assertThat(send("GET", "/health").headers().firstValue("Connection")).isEmpty();
        send("POST", "/admin/drain");
        assertThat(send("GET", "/work").headers().firstValue("Connection")).contains("close");
        send("POST", "/admin/undrain");
        assertThat(send("GET", "/work").headers().firstValue("Connection")).isEmpty();
    }

    @Test
    void whatIsUnknownOrWrongIsRefused() throws Exception {
        assertThat(send("GET", "/health").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/nothing").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/work?bytes=many").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/work?ms=-1").statusCode()).isEqualTo(400);
    }
}
