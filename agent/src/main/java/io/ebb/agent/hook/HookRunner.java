package io.ebb.agent.hook;

import io.ebb.agent.http.LocalCalls;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs a hook to its end, or to the end of its time. */
final class HookRunner {
    private static final int LONGEST_DETAIL = 200;
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final LocalCalls calls;
    private final Duration timeout;

    HookRunner(LocalCalls calls, Duration timeout) {
        this.calls = calls;
        this.timeout = timeout;
    }

    /**
     * Runs it.
     *
     * @return what it said
     * @throws IOException when it failed or took too long; the message says how
     */
    String run(HookAction action) throws IOException, InterruptedException {
        return switch (action) {
            case HookAction.Call(String method, URI uri) -> call(method, uri);
            case HookAction.Command(String line) -> command(line);
        };
    }

    private String call(String method, URI uri) throws IOException {
        int status;
        try {
            status = calls.request(method, uri, timeout);
        } catch (IOException e) {
            throw new IOException(method + " " + uri + ": " + e.getMessage(), e);
        }
        if (status / 100 != 2) {
            throw new IOException(method + " " + uri + " answered " + status);
        }
        return method + " " + uri + " answered " + status;
    }

    private String command(String line) throws IOException, InterruptedException {
        boolean windows = File.separatorChar == '\\';
        Process process =
                new ProcessBuilder(windows ? "cmd" : "/bin/sh", windows ? "/c" : "-c", line)
                        .redirectErrorStream(true)
                        .start();
        try {
            process.getOutputStream().close();
            var output = new ByteArrayOutputStream();
            Thread reader =
                    Thread.ofPlatform()
                            .daemon()
                            .name("hook output")
                            .start(() -> read(process.getInputStream(), output));
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the command took longer than " + timeout.toMillis() + " ms");
            }
            // What the command left running in the background may hold its output open.
            reader.join(LAST_WORDS);
            String said = "exit status " + process.exitValue() + words(output);
            if (process.exitValue() != 0) {
                throw new IOException(said);
            }
            return said;
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    /** Reads all, so that the command never waits for its reader, and keeps the beginning. */
    private static void read(InputStream in, ByteArrayOutputStream output) {
        byte[] buffer = new byte[512];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (output.size() < LONGEST_DETAIL) {
                    output.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // The command was ended in the middle of a word: what was read so far is what it said.
            return;
        }
    }

    private static String words(ByteArrayOutputStream output) {
        String text = output.toString(Charset.defaultCharset()).strip();
        return text.isEmpty()
                ? ""
                : ": " + text.substring(0, Math.min(text.length(), LONGEST_DETAIL));
    }
}
