package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs of Debian's, with what they need and the machine has not: unpacked once per machine, without being installed. */
record DebianPackages(Path directory) {

    private static final String LIBRARIES = "usr/lib";

    /** @param packages those that are asked for; what they depend on comes with them */
    static DebianPackages unpacked(String name, String... packages) {
        return new DebianPackages(BuildCache.get(name, directory -> unpack(directory, packages)));
    }

    Path file(String path) {
        return directory.resolve(path);
    }

    /** Where their libraries are, as {@code LD_LIBRARY_PATH} has it. */
    String libraryPath() {
        try (Stream<Path> files = Files.find(file(LIBRARIES), 4,
                (file, attributes) -> file.getFileName().toString().matches(".*\\.so(\\.\\d+)*"))) {
            return files.map(file -> file.getParent().toString()).distinct().sorted().collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With package lists of its own, which need no root, and know what the archive has today. */
    private static void unpack(Path directory, String... packages) throws IOException {
        Path apt = Directories.fresh("apt");
        try {
            Files.createDirectories(apt.resolve("state/lists/partial"));
            Path archives = Files.createDirectories(apt.resolve("cache/archives"));
            Files.createDirectories(archives.resolve("partial"));
            List<String> aptGet = List.of("apt-get", "-o", "Dir::State=" + apt.resolve("state"), "-o",
                    "Dir::State::status=/var/lib/dpkg/status", "-o", "Dir::Cache=" + apt.resolve("cache"), "-o",
                    "Debug::NoLocking=true");
            run(aptGet, "update");
            run(Stream.concat(aptGet.stream(),
                    Stream.of("--yes", "--no-install-recommends", "--download-only", "--reinstall", "install"))
                    .toList(), packages);
            try (Stream<Path> files = Files.list(archives)) {
                files.filter(file -> file.toString().endsWith(".deb")).forEach(
                        archive -> run(List.of("dpkg", "-x"), archive.toString(), directory.toString()));
            }
        } catch (UncheckedIOException | IllegalStateException absent) {
            throw new IllegalStateException(String.join(" and ", packages)
                    + " needed for tests: install them; on a Debian system they would be had by themselves", absent);
        } finally {
            Directories.delete(apt);
        }
    }

    private static void run(List<String> program, String... arguments) {
        Command.of(Stream.concat(program.stream(), Stream.of(arguments)).toArray(String[]::new)).runOrFail();
    }
}
