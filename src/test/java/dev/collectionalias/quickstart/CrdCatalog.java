package dev.collectionalias.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The project's own kinds, as its CustomResourceDefinitions describe them. */
record CrdCatalog(List<CustomResourceDefinition> definitions) {

    static CrdCatalog read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new CrdCatalog(files.filter(file -> file.toString().endsWith(".collectionalias.dev.yaml")).sorted()
                    .map(CrdCatalog::parse).toList());
        }
    }

    private static CustomResourceDefinition parse(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kind behind a request's path; empty for Kubernetes' own kinds. */
    Optional<CustomResourceDefinitionVersion> find(String path) {
        return definitions.stream().flatMap(crd -> crd.getSpec().getVersions().stream()
                .filter(version -> isOf(path, crd, version.getName()))).findFirst();
    }

    private static boolean isOf(String path, CustomResourceDefinition crd, String version) {
        return path.startsWith("/apis/" + crd.getSpec().getGroup() + "/" + version + "/")
                && path.matches(".*/" + crd.getSpec().getNames().getPlural() + "(/.*)?");
    }

    /** Fills in what an API server fills in for fields that are absent. */
    static void applyDefaults(CustomResourceDefinitionVersion version, ObjectNode object) {
        applyDefaults(version.getSchema().getOpenAPIV3Schema(), object);
    }

    private static void applyDefaults(JSONSchemaProps schema, ObjectNode object) {
        if (schema.getProperties() == null) {
            return;
        }
        schema.getProperties().forEach((name, property) -> {
            JsonNode standard = property.getDefault();
            if (!object.has(name) && standard != null && !standard.isNull()) {
                object.set(name, standard.deepCopy());
            }
            if (object.get(name) instanceof ObjectNode child) {
                applyDefaults(property, child);
            }
        });
    }
}
