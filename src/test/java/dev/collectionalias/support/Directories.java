package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Where servers keep their data and logs while tests run. */
public final class Directories {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Directories() {}

    /** A new directory under {@code target/servers}, which no other run uses. */
    public static Path fresh(String name) {
        Path directory = Path.of("target", "servers", "%s-%d-%d".formatted(name, ProcessHandle.current().pid(),
                COUNT.incrementAndGet())).toAbsolutePath();
        delete(directory);
        return create(directory);
    }

    public static Path create(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the files of a directory of a Go module: they can only be read, and what is copied has to be deleted some day. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.write(copy, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the directory with everything in it, if it is there; links are not followed. */
    public static void delete(Path directory) {
        if (directory == null) {
            return;
        }
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (NoSuchFileException absent) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that was just killed may still be removing files of its own. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
