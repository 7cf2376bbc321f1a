package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A process' own wall clock, which is set while it runs, as an administrator or NTP does; by libfaketime. */
public final class WallClock {

    private static final String LIBRARY = "libfaketimeMT.so.1";
    /** usr/lib/x86_64-linux-gnu/faketime/ and what is in it. */
    private static final int DEPTH = 6;

    private final Path setting = Directories.fresh("wall-clock").resolve("setting");
    private Duration ahead = Duration.ZERO;

    public WallClock() {
        write();
    }

    /** What the process has to be started with. Its monotonic clock is left alone. */
    public Map<String, String> environment() {
        Path library = in(Path.of("/usr/lib")).or(() -> in(BuildCache.get("debian/libfaketime",
                directory -> DebianArchive.or("libfaketime is needed in tests: install it").unpack(directory,
                        "libfaketime"))))
                .orElseThrow();
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME_TIMESTAMP_FILE", setting.toString(),
                "FAKETIME_CACHE_DURATION", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** Within a second. */
    public void putForward(Duration by) {
        ahead = ahead.plus(by);
        write();
    }

    /** In one moment, so that nobody reads a half of it. */
    private void write() {
        try {
            Path draft = Files.writeString(setting.resolveSibling("draft"), "%+d%n".formatted(ahead.toSeconds()));
            Files.move(draft, setting, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> in(Path directory) {
        try (Stream<Path> files = Files.find(directory, DEPTH, (file, attributes) -> file.endsWith(LIBRARY))) {
            return files.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
