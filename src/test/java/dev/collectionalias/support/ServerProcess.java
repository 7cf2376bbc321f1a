package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server in a process of its own, which ends with this JVM at the latest. Its output is kept in a log file. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final int TAIL = 25;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread atExit = new Thread(this::killTree);

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    public static ServerProcess start(String name, List<String> command, Path directory,
            Map<String, String> environment,
            Path log) {
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new ServerProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("%s did not start: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Returns as soon as the probe says so; fails at once if the process ends before, and in any case after a while. */
    ServerProcess awaitReady(BooleanSupplier probe) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!probe.getAsBoolean()) {
            if (endedWithin(Duration.ofMillis(50))) {
                close();
                throw new IllegalStateException("%s ended with %d before it was ready; its log %s ends with:%n%s"
                        .formatted(name, process.exitValue(), log, tail()));
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("%s was not ready within %d seconds; its log %s ends with:%n%s"
                        .formatted(name, READY_WITHIN.toSeconds(), log, tail()));
            }
        }
        return this;
    }

    /** Returns as soon as the address answers that all is well; fails as above. */
    ServerProcess awaitOk(URI address) {
        return awaitReady(() -> {
            try {
                HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
                connection.setConnectTimeout(500);
                connection.setReadTimeout(2_000);
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** Sends a signal by its name, as {@code kill -TERM} does. */
    void signal(String signal) {
        Command.of("kill", "-" + signal, Long.toString(process.pid())).runOrFail();
    }

    /** The code that it ended with; fails if it does not end in time. */
    int awaitExit(Duration patience) {
        if (!endedWithin(patience)) {
            throw new AssertionError("%s did not end within %d seconds; its log %s ends with:%n%s".formatted(name,
                    patience.toSeconds(), log, tail()));
        }
        return process.exitValue();
    }

    /** What it started, and what that started. */
    Stream<ProcessHandle> descendants() {
        return process.descendants();
    }

    public long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it as {@code kill -9} does, with everything that it started, and returns when all of it is gone. */
    @Override
    public void close() {
        killTree();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook runs right now and does the same.
        }
    }

    private void killTree() {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(member -> member.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    private boolean endedWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while %s is awaited".formatted(name), e);
        }
    }

    /** The end of its log. */
    String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "(unreadable: %s)".formatted(e.getMessage());
        }
    }
}
