package dev.collectionalias.gitops;

import static java.lang.String.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.collectionalias.cli.Failure;
import dev.collectionalias.schema.Schemas;
import picocli.CommandLine.Option;

/** Which manifests are meant, said as kubectl lets its users say it. */
final class ManifestFiles {

    private static final String STANDARD_INPUT = "-";
    private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");

    @Option(names = {"-f",
            "--filename"}, paramLabel = "FILE|DIRECTORY|-", required = true, description = "Manifests: a file, a directory with all that is below it (*.yaml, *.yml, *.json), or - for the standard input. May be repeated.")
    private List<Path> files;

    /** @throws Failure if one of them can't be read */
    Manifests read(Schemas schemas) {
        Manifests manifests = new Manifests(schemas);
        files.stream().flatMap(ManifestFiles::below).distinct()
                .forEach(file -> manifests.add(file.toString(), text(file)));
        return manifests;
    }

    private static Stream<Path> below(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.filter(Files::isRegularFile).filter(ManifestFiles::isManifest)
                    .filter(file -> !isHidden(path.relativize(file))).sorted().toList().stream();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** {@code .git}, {@code .github} and their like. */
    private static boolean isHidden(Path file) {
        for (Path part : file) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String text(Path file) {
        try {
            return new String(isStandardInput(file) ? System.in.readAllBytes() : Files.readAllBytes(file),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static boolean isStandardInput(Path file) {
        return file.toString().equals(STANDARD_INPUT);
    }

    private static Failure unreadable(Path path, IOException e) {
        boolean isThere = isStandardInput(path) || Files.exists(path);
        return new Failure(format("%s can't be read: %s", path, isThere ? e.getMessage() : "there is no such file"),
                e);
    }
}
