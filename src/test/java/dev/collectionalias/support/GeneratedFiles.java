package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the repository that are made from something else in it. */
public final class GeneratedFiles {

    private GeneratedFiles() {}

    /** Fails where a file has other content, after writing it anew, to be committed. */
    public static void assertCurrent(String fresh, Path... files) {
        List<Path> stale = Stream.of(files).filter(file -> renew(file, fresh)).toList();
        assertThat(stale).as("was stale and has been written anew: look at the change and commit it").isEmpty();
    }

    private static boolean renew(Path file, String fresh) {
        try {
            if (Files.exists(file) && Files.readString(file).equals(fresh)) {
                return false;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, fresh);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
