package dev.collectionalias.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What everything was measured on.
 *
 * @param idlePercent how much of its processors nobody else used right before the run
 */
record Machine(String processor, int cores, long memoryGib, String system, String java, int idlePercent) {

    private static final Duration LOOK = Duration.ofSeconds(3);
    /** The fourth of the times in /proc/stat. */
    private static final int IDLE = 3;

    static Machine here() {
        return new Machine(first("/proc/cpuinfo", "model name\\s*: (.+)"), Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(first("/proc/meminfo", "MemTotal:\\s+(\\d+)")) / 1024.0 / 1024.0),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString(), measureIdlePercent());
    }

    private static int measureIdlePercent() {
        long[] before = processorTimes();
        LockSupport.parkNanos(LOOK.toNanos());
        long[] after = processorTimes();
        long all = LongStream.of(after).sum() - LongStream.of(before).sum();
        return Math.round(100f * (after[IDLE] - before[IDLE]) / all);
    }

    private static long[] processorTimes() {
        return Stream.of(first("/proc/stat", "cpu +(.+)").split(" ")).mapToLong(Long::parseLong).toArray();
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
