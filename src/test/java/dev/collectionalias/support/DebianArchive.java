package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The archive that this Debian system installs packages from; here they are unpacked without being installed. Its lists are
 * fetched for each time, which needs no root, and so are never stale or missing.
 */
final class DebianArchive {

    private static final Path INSTALLED = Path.of("/var/lib/dpkg/status");
    private static final List<String> WITH_DEPENDENCIES = List.of("install", "--reinstall", "--download-only",
            "--no-install-recommends", "--yes");
    /** usr/lib/x86_64-linux-gnu/ and two more; what is deeper is looked up by its program. */
    private static final int DEEPEST_LIBRARY = 6;

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
        unpack(directory, INSTALLED, List.of("download"), packages);
    }

    /** Unpacks these packages with those that they depend on and that this machine lacks. */
    void unpackWithMissing(Path directory, String... packages) {
        unpack(directory, INSTALLED, WITH_DEPENDENCIES, packages);
    }

    /** Unpacks these packages with all that they depend on, whatever is installed: a root directory to run them in. */
    void unpackWithDependencies(Path directory, String... packages) {
        unpack(directory, null, WITH_DEPENDENCIES, packages);
    }

    /** What programs that are unpacked there have to be given as LD_LIBRARY_PATH. */
    static String libraries(Path unpacked) {
        try (Stream<Path> files = Files.find(unpacked, DEEPEST_LIBRARY,
                (file, attributes) -> file.getFileName().toString().matches(".*\\.so(\\.\\d+)*"))) {
            return files.map(file -> file.getParent().toString()).distinct().sorted().collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
