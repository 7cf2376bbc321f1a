package dev.collectionalias.gitops.manifests;

import static java.lang.String.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows files that are no manifests by themselves, but become manifests when Kustomize or Helm renders them. */
final class Rendering {

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final String TEMPLATES = "templates";
    private static final String CHART = "Chart.yaml";

    private final Map<Path, Optional<Kustomization>> kustomizations = new HashMap<>();

    /** A sentence about what the file is and how to render it; empty: people apply it as it is. */
    Optional<String> needed(Path file) {
        return patched(file).map(kustomization -> patch(file, kustomization))
                .or(() -> chart(file).map(chart -> template(file, chart)));
    }

    private static String patch(Path file, Kustomization kustomization) {
        return format("is a patch of %s; -k %s looks at the object that it is for",
                asNamed(kustomization.file(), file), asNamed(kustomization.file().getParent(), file));
    }

    private static String template(Path file, Path chart) {
        return format("is a template of a Helm chart; pipe what helm template %s renders into -f -",
                asNamed(chart, file));
    }

    /** Kustomize takes patches only from its own directory and those below it. */
    private Optional<Kustomization> patched(Path file) {
        return above(file).map(directory -> kustomizations.computeIfAbsent(directory, Kustomization::in))
                .flatMap(Optional::stream).filter(kustomization -> kustomization.patchesWith(file)).findFirst();
    }

    private static Optional<Path> chart(Path file) {
        return above(file).filter(directory -> directory.endsWith(TEMPLATES)).map(Path::getParent)
                .filter(directory -> Files.isRegularFile(directory.resolve(CHART))).findFirst();
    }

    /** The directories above the file, from its own to the one below the root. */
    private static Stream<Path> above(Path file) {
        return Stream.iterate(file.toAbsolutePath().normalize().getParent(), Objects::nonNull, Path::getParent);
    }

    /** The path in the form in which the user named the file: absolute or relative. */
    private static Path asNamed(Path found, Path file) {
        if (file.isAbsolute()) {
            return found;
        }
        Path relative = HERE.relativize(found);
        return relative.toString().isEmpty() ? Path.of(".") : relative;
    }
}
