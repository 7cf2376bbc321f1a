package dev.collectionalias.gitops.manifests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.collectionalias.gitops.manifests.Documents.Document;
import org.yaml.snakeyaml.error.YAMLException;

/** Kustomize's own file. It tells which other files are patches and not objects. */
record Kustomization(Path file, JsonNode content) {

    /** The names by which Kustomize finds such a file. */
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    /** The fields that change single objects. */
    private static final List<String> CHANGES = List.of("patches", "patchesStrategicMerge", "patchesJson6902",
            "replacements", "transformers");

    /** The file of a directory; empty: there is none, or none that can be read. */
    static Optional<Kustomization> in(Path directory) {
        return NAMES.stream().map(directory::resolve).filter(Files::isRegularFile).findFirst()
                .flatMap(Kustomization::read);
    }

    private static Optional<Kustomization> read(Path file) {
        try {
            return Documents.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).stream()
                    .map(Document::content).filter(JsonNode::isObject).findFirst()
                    .map(content -> new Kustomization(file, content));
        } catch (IOException | YAMLException e) {
            return Optional.empty(); // Kustomize will say why
        }
    }

    /** Whether this file changes objects of one of these kinds by its own text. */
    boolean changes(Stream<String> kinds) {
        String text = content.toString();
        return NAMES.contains(file.getFileName().toString()) && CHANGES.stream().anyMatch(content::has)
                && kinds.anyMatch(text::contains);
    }

    /** Whether this file names the other one, in its directory or below, as a patch. */
    boolean patchesWith(Path other) {
        Path wanted = other.toAbsolutePath().normalize();
        return patches().filter(patch -> !patch.contains("\n")).map(file::resolveSibling)
                .anyMatch(patch -> patch.toAbsolutePath().normalize().equals(wanted));
    }

    private Stream<String> patches() {
        Stream<JsonNode> named = Stream.of("patches", "patchesJson6902").flatMap(this::elements)
                .map(patch -> patch.path("path"));
        return Stream.concat(named, elements("patchesStrategicMerge")).map(JsonNode::textValue)
                .filter(Objects::nonNull);
    }

    private Stream<JsonNode> elements(String field) {
        return content.path(field).valueStream();
    }
}
