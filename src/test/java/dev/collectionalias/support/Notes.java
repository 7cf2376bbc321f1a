package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Lines that each process of the tests writes down, and that the last one reads. A build from scratch begins without any. */
final class Notes {

    private final Path directory;

    /** @param about what the lines are about */
    Notes(String about) {
        directory = Directories.create(Path.of("target", "servers", "notes", about).toAbsolutePath());
    }

    synchronized void add(String line) {
        try {
            Files.write(directory.resolve(Long.toString(ProcessHandle.current().pid())), List.of(line),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of all processes. */
    Stream<String> all() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream().flatMap(file -> lines(file).stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
