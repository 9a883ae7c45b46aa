package io.ebb.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
@EnabledOnOs(OS.LINUX)
class ChildrenTest {
    @TempDir private Path folder;

    @Test
    void closingEndsWhatWasStartedAndWhatThatStarted() {
        var children = new Children();
        // The grandchild lives in another process than the shell, and would outlive it.
        var shell = start(children, "sleep 60 & wait");
        var process = ProcessHandle.of(shell.pid()).orElseThrow();
        assertThat(Await.until(Duration.ofSeconds(5), () -> process.children().count() == 1))
                .isTrue();
        var grandchild = process.children().findFirst().orElseThrow();

        children.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(grandchild.isAlive()).isFalse();
    }

    @Test
    void whatIgnoresAPoliteRequestIsKilled() {
        var children = new Children();
        var stubborn = start(children, "trap '' TERM; echo ready; while :; do sleep 1; done");
        assertThat(Await.until(Duration.ofSeconds(5), () -> text(stubborn).contains("ready")))
                .isTrue();
        children.close();
        assertThat(ProcessHandle.of(stubborn.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void afterClosingNothingIsStarted() {
        var children = new Children();
        children.close();
        assertThatThrownBy(() -> start(children, "sleep 60"))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("stopping");
    }

    @Test
    void credentialsForARealSubscriptionAreNotHandedOn() {
        var children = new Children();
        var child =
                children.start(
                        "test",
                        List.of("/bin/sh", "-c", "env"),
                        Map.of("AZURE_CLIENT_ID", "simulated"),
                        folder.resolve("log"));
        assertThat(child.await(Duration.ofSeconds(5))).isZero();
        assertThat(text(child).lines().filter(line -> line.matches("(AZURE|EBB|MICRONAUT)_.*")))
                .containsExactly("AZURE_CLIENT_ID=simulated");
    }

    @Test
    void aProcessThatEndedIsReportedWithItsLog() {
        var child = start(new Children(), "exit 3");
        assertThat(child.await(Duration.ofSeconds(5))).isEqualTo(3);
        assertThatThrownBy(child::check)
                .hasMessageContaining("status 3")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void anAddressInUseIsNamed() throws IOException {
        // A shift that puts the guests' port of web-1 on one that is taken here.
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.1.2"))) {
            var site = new Site(taken.getLocalPort() - new Site(0).guestPort());
            assertThatThrownBy(site::checkFree)
                    .hasMessageContaining("127.0.1.2:" + taken.getLocalPort());
        }
    }

    private Child start(Children children, String script) {
        return children.start(
                "test", List.of("/bin/sh", "-c", script), Map.of(), folder.resolve("log"));
    }

    private static String text(Child child) {
        try {
            return Files.readString(child.log());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
