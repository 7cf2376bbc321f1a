package dev.collectionalias.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process uses, as Linux counts it. */
record ProcessUsage(long pid) {

    private static final double KIB_PER_MIB = 1024;

    /** User and system time of all its threads. */
    double cpuMillis() {
        return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).map(Duration::toNanos)
                .orElse(0L) / 1e6;
    }

    Round.Memory memory() {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
            return new Round.Memory(mib(status, "VmRSS"), mib(status, "VmHWM"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double mib(String status, String name) {
        Matcher line = Pattern.compile(name + ":\\s+(\\d+) kB").matcher(status);
        if (!line.find()) {
            throw new IllegalStateException("no " + name + " in " + status);
        }
        return Long.parseLong(line.group(1)) / KIB_PER_MIB;
    }
}
