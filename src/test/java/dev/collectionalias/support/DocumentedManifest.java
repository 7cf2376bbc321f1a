package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The manifests that a document shows, to be tried as they are. */
public record DocumentedManifest(Path document) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    /** The first of a kind. */
    public String of(String kind) {
        return all().filter(block -> block.contains("\nkind: " + kind + "\n")).findFirst()
                .orElseThrow(() -> new IllegalStateException("%s shows no %s".formatted(document, kind)));
    }

    public Stream<String> all() {
        try {
            Matcher blocks = BLOCK.matcher(Files.readString(document));
            return blocks.results().map(block -> block.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
