package dev.collectionalias.gitops.manifests;

import static java.lang.String.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.collectionalias.cli.Failure;
import dev.collectionalias.schema.KindSchemas;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options by which a user names manifests, as in kubectl. */
public final class ManifestFiles {

    private static final String STANDARD_INPUT = "-";
    private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    /** The user gives one of the two, as in kubectl. */
    private static final class Choice {

        @Option(names = {"-f",
                "--filename"}, paramLabel = "FILE|DIRECTORY|-", description = "Manifests: a file, a directory with all that is below it (*.yaml, *.yml, *.json), or - for the standard input. May be repeated.")
        private List<Path> files = List.of();

        @Option(names = {"-k",
                "--kustomize"}, paramLabel = "DIRECTORY", description = "Manifests as kubectl kustomize renders this directory.")
        private Path kustomization;
    }

    /**
     * @param environment whose PATH has kubectl
     * @throws Failure if a file can't be read
     */
    public Manifests read(KindSchemas schemas, Map<String, String> environment) {
        Manifests manifests = new Manifests(schemas);
        if (choice.kustomization != null) {
            manifests.add(Source.named(choice.kustomization.toString()),
                    Kustomize.render(choice.kustomization, environment));
            return manifests;
        }
        Rendering rendering = new Rendering();
        Map<String, Source> sources = new LinkedHashMap<>();
        choice.files.stream().flatMap(path -> below(path, rendering))
                .forEach(source -> sources.merge(source.name(), source, Source::or));
        sources.forEach((file, source) -> manifests.add(source, text(Path.of(file))));
        manifests.separatePatches();
        return manifests;
    }

    private static Stream<Source> below(Path path, Rendering rendering) {
        boolean isDirectory = Files.isDirectory(path);
        List<Path> files = isDirectory ? filesBelow(path) : List.of(path);
        return files.stream().map(file -> new Source(file.toString(), isDirectory,
                isStandardInput(file) ? Optional.empty() : rendering.needed(file)));
    }

    private static List<Path> filesBelow(Path directory) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                    return below.equals(directory) || !isHidden(below)
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (isManifest(file) && !isHidden(file) && Files.isRegularFile(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
        return files.stream().sorted().toList();
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** {@code .git}, {@code .github} and the like. */
    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
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
