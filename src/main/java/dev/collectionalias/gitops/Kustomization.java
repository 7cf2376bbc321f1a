package dev.collectionalias.gitops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.collectionalias.gitops.Documents.Document;
import org.yaml.snakeyaml.error.YAMLException;

/** A file by which Kustomize puts objects together, as far as it tells which other files are no objects but patches. */
record Kustomization(Path file, JsonNode content) {

    /** The names that Kustomize looks for. */
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    /** Those of its fields that change single objects. */
    private static final List<String> CHANGES = List.of("patches", "patchesStrategicMerge", "patchesJson6902",
            "replacements", "transformers");

    /** That of a directory; empty if it has none, or none that can be read. */
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

    /** Whether it is one, and changes objects of one of these kinds by what is written in it. */
    boolean changes(Stream<String> kinds) {
        String text = content.toString();
        return NAMES.contains(file.getFileName().toString()) && CHANGES.stream().anyMatch(content::has)
                && kinds.anyMatch(text::contains);
    }

    /** Whether it takes this file, which is in its directory or below it, for a patch. */
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
