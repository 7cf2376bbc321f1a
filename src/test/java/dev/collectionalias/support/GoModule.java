package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Go module under {@code src/test} that says which versions of programs are built for the tests. */
public record GoModule(Path directory) {

    public static GoModule named(String name) {
        return new GoModule(Path.of("src", "test", name).toAbsolutePath());
    }

    /** Go keeps what it compiled: without a change, this takes a second. */
    public void build(String source, String linkerFlags, Path program) {
        Command.of("go", "build", "-trimpath", "-ldflags", "-s -w " + linkerFlags, "-o", program.toString(), source)
                .in(directory).with(Map.of("CGO_ENABLED", "0")).runOrFail();
    }

    /** @param otherwise what else can be done */
    public static void requireGo(String otherwise) {
        try {
            Command.of("go", "version").runOrFail();
        } catch (UncheckedIOException absent) {
            throw new IllegalStateException("Go is needed to build programs for tests: install Go 1.21 or newer, or "
                    + otherwise);
        }
    }

    /** The version of a module that this one requires. */
    public String versionOf(String module) {
        Matcher line = Pattern.compile(Pattern.quote(module) + " (v\\S+)")
                .matcher(new String(read("go.mod"), StandardCharsets.UTF_8));
        if (!line.find()) {
            throw new IllegalStateException(directory + "/go.mod does not require " + module);
        }
        return line.group(1);
    }

    /** Where the files of a module are that this one requires. */
    Path source(String module) {
        return Path.of(Command.of("go", "list", "-m", "-f", "{{.Dir}}", module).in(directory).runOrFail().strip());
    }

    /** The same of one that nothing is built of, and which so may not be there yet. */
    public Path download(String module) {
        Command.of("go", "mod", "download", module).in(directory).runOrFail();
        return source(module);
    }

    /** What a build is cached by: another one wherever a version, or the module's own source, is. */
    String key() {
        try (Stream<Path> files = Files.list(directory)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.map(file -> file.getFileName().toString()).sorted().forEach(file -> digest.update(read(file)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read(String file) {
        try {
            return Files.readAllBytes(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
