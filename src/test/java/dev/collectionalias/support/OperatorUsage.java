package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a running operator holds on to.
 *
 * @param heapKib what is left of the heap after a collection
 * @param series  of its metrics, but for those of single objects
 */
public record OperatorUsage(long heapKib, long threads, long fileDescriptors, long series) {

    /** Other collections leave some garbage where it is, which costs less than to move what lies behind it. */
    private static final int UNTIL_COMPACT = 4;
    /** Of both generations, as in {@code Tenured total 258048K, used 1166K}. */
    private static final Pattern USED = Pattern.compile("total +\\d+K, used (\\d+)K");

    /** Has it collect its garbage first. */
    public static OperatorUsage of(OperatorJvm operator) {
        for (int collection = 0; collection < UNTIL_COMPACT; collection++) {
            jcmd(operator, "GC.run");
        }
        return new OperatorUsage(heapKib(jcmd(operator, "GC.heap_info")), entries(operator, "task"),
                entries(operator, "fd"), series(operator));
    }

    private static String jcmd(OperatorJvm operator, String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return Command.of(jcmd.toString(), Long.toString(operator.pid()), command).runOrFail();
    }

    static long heapKib(String heapInfo) {
        Matcher generations = USED.matcher(heapInfo);
        long sum = 0;
        while (generations.find()) {
            sum += Long.parseLong(generations.group(1));
        }
        if (sum == 0) {
            throw new IllegalStateException("no generation in " + heapInfo);
        }
        return sum;
    }

    private static long series(OperatorJvm operator) {
        return Scrape.of(operator.body("/metrics")).series().stream()
                .filter(series -> !series.labels().containsKey("namespace")).count();
    }

    private static long entries(OperatorJvm operator, String kind) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(operator.pid()), kind))) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "%,d KiB of heap, %d threads, %d file descriptors, %d series".formatted(heapKib, threads,
                fileDescriptors, series);
    }
}
