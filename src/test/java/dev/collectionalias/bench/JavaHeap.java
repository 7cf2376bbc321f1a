package dev.collectionalias.bench;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.collectionalias.support.Command;

/**
 * What a Java process holds on to, after a collection of all garbage.
 *
 * @param mib       of objects that are in use
 * @param histogram by class, as {@code jcmd} shows it
 */
record JavaHeap(double mib, String histogram) {

    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);
    private static final double BYTES_PER_MIB = 1024 * 1024;

    static JavaHeap of(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return in(Command.of(jcmd, Long.toString(pid), "GC.class_histogram").runOrFail());
    }

    static JavaHeap in(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("no total in " + histogram);
        }
        return new JavaHeap(Long.parseLong(total.group(1)) / BYTES_PER_MIB, histogram);
    }
}
