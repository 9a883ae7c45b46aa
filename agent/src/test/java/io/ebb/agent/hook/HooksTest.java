package io.ebb.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebb.agent.http.LocalCalls;
import io.ebb.agent.testing.Await;
import io.ebb.agent.testing.FakeServer;
import io.ebb.agent.testing.FakeTime;
import io.ebb.protocol.Report.Hook;
import io.ebb.protocol.Report.HookState;
import io.ebb.protocol.Wish;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are for a POSIX shell")
class HooksTest {
    @TempDir Path folder;
    private final FakeServer application = FakeServer.plain();
    private @Nullable Thread following;

    @AfterEach
    void close() {
        application.close();
        if (following != null) {
            following.interrupt();
        }
    }

    @Test
    void aWishedCommandIsRunOnce() throws IOException {
        Hooks hooks = following(command("echo drained >> " + said()), Optional.empty(), 20_000);
        hooks.wish(Wish.Hook.DRAIN);
        hooks.wish(Wish.Hook.DRAIN);
        Await.until("it has drained", () -> hooks.state().state() == HookState.DRAINED);
        hooks.wish(Wish.Hook.NONE);
        hooks.wish(Wish.Hook.DRAIN);
        hooks.wish(Wish.Hook.UNDRAIN);
        Await.until("that is over", () -> hooks.state().state() == HookState.NONE);

        assertThat(Files.readAllLines(said())).isEqualTo(List.of("drained"));
        assertThat(hooks.state())
                .isEqualTo(new Hook(HookState.NONE, "no undrain hook is configured"));
    }

    @Test
    void aCallIsAPostOverAConnectionOfItsOwn() {
        application.answer(202, "");
        Hooks hooks = following(call("/drain"), call("/undrain"), 20_000);
        hooks.wish(Wish.Hook.DRAIN);
        var asked = application.next();
        assertThat(asked.method() + " " + asked.uri()).isEqualTo("POST /drain");
        assertThat(asked.header("Connection")).isEqualTo("close");
        Await.until("it has drained", () -> hooks.state().state() == HookState.DRAINED);

        hooks.wish(Wish.Hook.UNDRAIN);
        assertThat(application.next().uri()).isEqualTo("/undrain");
        Await.until("it has undrained", () -> hooks.state().state() == HookState.UNDRAINED);
    }

    @Test
    void aFailedHookIsTriedAgain() {
        application.answer(500, "");
        Hooks hooks = following(call("/drain"), Optional.empty(), 20_000);
        hooks.wish(Wish.Hook.DRAIN);
        Await.until("it has failed", () -> hooks.state().state() == HookState.FAILED);
        assertThat(hooks.state().detail()).startsWith("drain hook: POST http://").endsWith("500");

        application.answer(200, "");
        Await.until("it has drained", () -> hooks.state().state() == HookState.DRAINED);
        assertThat(application.asked).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aCommandThatFailsSaysHow() {
        Hooks hooks = following(command("echo no such service; exit 3"), Optional.empty(), 20_000);
        hooks.wish(Wish.Hook.DRAIN);
        Await.until("it has failed", () -> hooks.state().state() == HookState.FAILED);

        assertThat(hooks.state().detail()).isEqualTo("drain hook: exit status 3: no such service");
    }

    @Test
    void aCommandThatTakesTooLongIsEndedWithWhatItStarted() throws IOException {
        Path pid = folder.resolve("pid");
        Hooks hooks =
                following(
                        command("sleep 1000 & echo $! > " + pid + "; wait"), Optional.empty(), 500);
        hooks.wish(Wish.Hook.DRAIN);
        Await.until("it has failed", () -> hooks.state().state() == HookState.FAILED);

        assertThat(hooks.state().detail()).contains("took longer than 500 ms");
        long started = Long.parseLong(Files.readString(pid).strip());
        Await.until(
                "what it started has ended",
                () -> ProcessHandle.of(started).filter(ProcessHandle::isAlive).isEmpty());
    }

    private Path said() {
        return folder.resolve("said");
    }

    private static Optional<HookAction> command(String line) {
        return Optional.of(new HookAction.Command(line));
    }

    private Optional<HookAction> call(String path) {
        return Optional.of(new HookAction.Call("POST", URI.create(application.uri() + path)));
    }

    private Hooks following(
            Optional<HookAction> drain, Optional<HookAction> undrain, long timeoutMs) {
        var hooks =
                new Hooks(
                        drain,
                        undrain,
                        new LocalCalls(new FakeTime()),
                        Duration.ofMillis(timeoutMs),
                        () -> {});
        following = Thread.ofVirtual().start(() -> follow(hooks));
        return hooks;
    }

    private static void follow(Hooks hooks) {
        try {
            hooks.follow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
