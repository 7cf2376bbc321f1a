package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command that runs to its end. Its output goes through files, so that neither stream can block the other. */
public record Command(List<String> line, Path directory, Map<String, String> environment, String input) {

    /** What a command left behind. */
    public record Outcome(int exitCode, String stdout, String stderr) {}

    public static Command of(String... line) {
        return new Command(List.of(line), Path.of("").toAbsolutePath(), Map.of(), "");
    }

    public Command in(Path newDirectory) {
        return new Command(line, newDirectory, environment, input);
    }

    public Command with(Map<String, String> newEnvironment) {
        return new Command(line, directory, newEnvironment, input);
    }

    public Command reading(String newInput) {
        return new Command(line, directory, environment, newInput);
    }

    /** Runs it; an interrupt ends the command with everything that it started. */
    public Outcome run() {
        Path files = null;
        try {
            files = Files.createTempDirectory("command");
            Path stdin = Files.writeString(files.resolve("stdin"), input);
            Path stdout = files.resolve("stdout");
            Path stderr = files.resolve("stderr");
            ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile())
                    .redirectInput(stdin.toFile()).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
            builder.environment().putAll(environment);
            int exitCode = waitFor(builder.start());
            return new Outcome(exitCode, text(stdout), text(stderr));
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", line) + ": " + e.getMessage(), e);
        } finally {
            Directories.delete(files);
        }
    }

    /** Runs it and fails with the end of its output unless it succeeds. */
    public String runOrFail() {
        Outcome outcome = run();
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("%s ended with %d:%n%s".formatted(String.join(" ", line),
                    outcome.exitCode(), tail(outcome.stdout() + outcome.stderr())));
        }
        return outcome.stdout();
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String tail(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }
}
