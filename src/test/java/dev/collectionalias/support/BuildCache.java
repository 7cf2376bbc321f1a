package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Things that are built once per machine, in the user's cache directory. A file lock keeps two builds of the same thing
 * apart, and only what was built to its end is ever used: what was interrupted is deleted and built anew.
 */
final class BuildCache {

    private static final String COMPLETE = ".complete";

    /** Fills a directory. It is built in its final place, since Python environments can't be moved. */
    interface Build {
        void into(Path directory) throws IOException;
    }

    private BuildCache() {}

    static synchronized Path get(String key, Build build) {
        Path directory = root().resolve(key);
        if (Files.exists(directory.resolve(COMPLETE))) {
            return directory;
        }
        Directories.create(directory.getParent());
        Path lockFile = directory.resolveSibling(directory.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.exists(directory.resolve(COMPLETE))) {
                Directories.delete(directory);
                Directories.create(directory);
                build.into(directory);
                Files.createFile(directory.resolve(COMPLETE));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("collection-alias-operator");
    }
}
