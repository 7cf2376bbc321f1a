package dev.collectionalias.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What everything was measured on. */
record Machine(String processor, int cores, long memoryGib, String system, String java, double loadBefore) {

    static Machine here() {
        return new Machine(first("/proc/cpuinfo", "model name\\s*: (.+)"), Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(first("/proc/meminfo", "MemTotal:\\s+(\\d+)")) / 1024.0 / 1024.0),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString(), Double.parseDouble(first("/proc/loadavg", "(\\S+)")));
    }

    private static String first(String file, String pattern) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            List<Matcher> found = lines.map(Pattern.compile(pattern)::matcher).filter(Matcher::find).limit(1).toList();
            return found.isEmpty() ? "unknown" : found.getFirst().group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
