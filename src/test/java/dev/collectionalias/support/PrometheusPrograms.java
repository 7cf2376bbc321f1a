package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code prometheus} and {@code promtool}: those on the PATH, else those of the Debian package, which is unpacked once per
 * machine, without being installed.
 */
public record PrometheusPrograms(Path directory) {

    private static final List<String> PROGRAMS = List.of("prometheus", "promtool");

    public static PrometheusPrograms find() {
        return Stream.of(System.getenv("PATH").split(":")).map(Path::of).filter(PrometheusPrograms::hasAll).findFirst()
                .map(PrometheusPrograms::new).orElseGet(
                        () -> new PrometheusPrograms(BuildCache.get("prometheus", PrometheusPrograms::unpack)
                                .resolve("usr/bin")));
    }

    /** Runs promtool to its end. */
    public Command.Outcome promtool(String input, String... arguments) {
        return Command.of(Stream.concat(Stream.of(path("promtool")), Stream.of(arguments)).toArray(String[]::new))
                .reading(input).run();
    }

    String path(String program) {
        return directory.resolve(program).toString();
    }

    private static boolean hasAll(Path directory) {
        return PROGRAMS.stream().allMatch(program -> Files.isExecutable(directory.resolve(program)));
    }

    /** With package lists of its own, which need no root, and know what the archive has today. */
    private static void unpack(Path directory) throws IOException {
        Path apt = Directories.fresh("apt");
        try {
            Files.createDirectories(apt.resolve("state/lists/partial"));
            Files.createDirectories(apt.resolve("cache/archives/partial"));
            List<String> aptGet = List.of("apt-get", "-o", "Dir::State=" + apt.resolve("state"), "-o",
                    "Dir::State::status=/var/lib/dpkg/status", "-o", "Dir::Cache=" + apt.resolve("cache"));
            run(apt, aptGet, "update");
            run(apt, aptGet, "download", "prometheus");
            try (Stream<Path> files = Files.list(apt)) {
                Path archive = files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
                run(apt, List.of("dpkg", "-x"), archive.toString(), directory.toString());
            }
        } catch (UncheckedIOException | IllegalStateException absent) {
            throw new IllegalStateException(
                    "Prometheus is needed to test alerts: install prometheus and promtool; on a "
                            + "Debian system their package would be had by itself",
                    absent);
        } finally {
            Directories.delete(apt);
        }
    }

    private static void run(Path directory, List<String> program, String... arguments) {
        Command.of(Stream.concat(program.stream(), Stream.of(arguments)).toArray(String[]::new)).in(directory)
                .runOrFail();
    }
}
