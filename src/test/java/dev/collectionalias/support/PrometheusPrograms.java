package dev.collectionalias.support;

import java.util.stream.Stream;

/** {@code prometheus} and {@code promtool}. */
public record PrometheusPrograms(DebianPrograms programs) {

    public static PrometheusPrograms find() {
        return new PrometheusPrograms(DebianPrograms.find("prometheus", "prometheus", "promtool"));
    }

    /** Runs promtool to its end. */
    public Command.Outcome promtool(String input, String... arguments) {
        return Command.of(Stream.concat(Stream.of(path("promtool")), Stream.of(arguments)).toArray(String[]::new))
                .reading(input).run();
    }

    String path(String program) {
        return programs.path(program);
    }
}
