package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Programs that Debian packages: those on the PATH, else those of the package, which is unpacked once per machine without
 * being installed, together with the packages that it needs and the machine lacks.
 *
 * @param directory   where the programs are
 * @param environment what they have to be started with
 */
record DebianPrograms(Path directory, Map<String, String> environment) {

    /** @param programs all of which have to be in one place */
    static DebianPrograms find(String debianPackage, String... programs) {
        return Stream.of(System.getenv("PATH").split(":")).map(Path::of)
                .filter(directory -> Stream.of(programs).map(directory::resolve).allMatch(Files::isExecutable))
                .findFirst().map(directory -> new DebianPrograms(directory, Map.of()))
                .orElseGet(() -> in(BuildCache.get("debian/" + debianPackage,
                        directory -> unpack(debianPackage, directory))));
    }

    String path(String program) {
        return directory.resolve(program).toString();
    }

    private static DebianPrograms in(Path unpacked) {
        return new DebianPrograms(unpacked.resolve("usr/bin"), Map.of("LD_LIBRARY_PATH", libraries(unpacked)));
    }

    private static String libraries(Path unpacked) {
        try (Stream<Path> files = Files.walk(unpacked)) {
            return files.filter(file -> file.getFileName().toString().contains(".so.")).map(Path::getParent)
                    .map(Path::toString).distinct().collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With package lists of its own, which need no root, and know what the archive has today. */
    private static void unpack(String debianPackage, Path directory) throws IOException {
        Path apt = Directories.fresh("apt");
        Path archives = apt.resolve("cache/archives");
        try {
            Files.createDirectories(apt.resolve("state/lists/partial"));
            Files.createDirectories(archives.resolve("partial"));
            List<String> aptGet = List.of("apt-get", "-o", "Dir::State=" + apt.resolve("state"), "-o",
                    "Dir::State::status=/var/lib/dpkg/status", "-o", "Dir::Cache=" + apt.resolve("cache"), "-o",
                    "Debug::NoLocking=true");
            run(aptGet, "update");
            run(aptGet, "install", "--yes", "--download-only", "--no-install-recommends", debianPackage);
            try (Stream<Path> files = Files.list(archives)) {
                files.filter(file -> file.toString().endsWith(".deb")).sorted()
                        .forEach(archive -> run(List.of("dpkg", "-x"), archive.toString(), directory.toString()));
            }
        } catch (UncheckedIOException | IllegalStateException absent) {
            throw new IllegalStateException("%1$s is needed in tests: install %1$s; on a Debian system its package "
                    .formatted(debianPackage) + "would be had by itself", absent);
        } finally {
            Directories.delete(apt);
        }
    }

    private static void run(List<String> program, String... arguments) {
        Command.of(Stream.concat(program.stream(), Stream.of(arguments)).toArray(String[]::new)).runOrFail();
    }
}
