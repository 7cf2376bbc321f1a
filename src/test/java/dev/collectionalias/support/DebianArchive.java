package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The archive that this Debian system installs packages from; here they are unpacked without being installed. Its lists are
 * fetched for each time, which needs no root, and so are never stale or missing.
 */
final class DebianArchive {

    /** What else can be done where there is no Debian archive. */
    private final String otherwise;

    private DebianArchive(String otherwise) {
        this.otherwise = otherwise;
    }

    static DebianArchive or(String otherwise) {
        return new DebianArchive(otherwise);
    }

    /** Unpacks these packages alone. */
    void unpack(Path directory, String... packages) {
        unpack(directory, Path.of("/var/lib/dpkg/status"), List.of("download"), packages);
    }

    /** Unpacks these packages with all that they depend on, whatever is installed: a root directory to run them in. */
    void unpackWithDependencies(Path directory, String... packages) {
        unpack(directory, null, List.of("install", "--download-only", "--no-install-recommends", "--yes"), packages);
    }

    /** Unpacks these packages with what they depend on and this machine has not: programs to run on it. */
    void unpackWithWhatIsMissing(Path directory, String... packages) {
        unpack(directory, Path.of("/var/lib/dpkg/status"),
                List.of("install", "--reinstall", "--download-only", "--no-install-recommends", "--yes"), packages);
    }

    private void unpack(Path directory, Path installed, List<String> command, String... packages) {
        Path apt = Directories.fresh("apt");
        try {
            Files.createDirectories(apt.resolve("state/lists/partial"));
            Path archives = Files.createDirectories(apt.resolve("cache/archives"));
            Files.createDirectories(archives.resolve("partial"));
            Path status = installed == null ? Files.createFile(apt.resolve("nothing-installed")) : installed;
            List<String> aptGet = List.of("apt-get", "-o", "Dir::State=" + apt.resolve("state"), "-o",
                    "Dir::State::status=" + status, "-o", "Dir::Cache=" + apt.resolve("cache"), "-o",
                    "Debug::NoLocking=true");
            run(archives, aptGet, List.of("update"));
            run(archives, aptGet, Stream.concat(command.stream(), Stream.of(packages)).toList());
            try (Stream<Path> files = Files.list(archives)) {
                for (Path archive : files.filter(file -> file.toString().endsWith(".deb")).toList()) {
                    run(archives, List.of("dpkg", "-x"), List.of(archive.toString(), directory.toString()));
                }
            }
        } catch (UncheckedIOException | IllegalStateException absent) {
            throw new IllegalStateException(otherwise + "; on a Debian system it would be had by itself", absent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Directories.delete(apt);
        }
    }

    private static void run(Path directory, List<String> program, List<String> arguments) {
        List<String> line = new ArrayList<>(program);
        line.addAll(arguments);
        Command.of(line.toArray(String[]::new)).in(directory).runOrFail();
    }
}
