package dev.collectionalias.support;

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
                        () -> new PrometheusPrograms(BuildCache.get("prometheus", directory -> DebianArchive
                                .or("Prometheus is needed to test alerts: install prometheus and promtool")
                                .unpack(directory, "prometheus")).resolve("usr/bin")));
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
}
