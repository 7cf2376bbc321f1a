package dev.collectionalias.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
                .orElseGet(() -> in(BuildCache.get("debian/" + debianPackage, directory -> DebianArchive
                        .or("%1$s is needed in tests: install %1$s".formatted(debianPackage))
                        .unpackWithMissing(directory, debianPackage))));
    }

    String path(String program) {
        return directory.resolve(program).toString();
    }

    private static DebianPrograms in(Path unpacked) {
        return new DebianPrograms(unpacked.resolve("usr/bin"),
                Map.of("LD_LIBRARY_PATH", DebianArchive.libraries(unpacked)));
    }
}
