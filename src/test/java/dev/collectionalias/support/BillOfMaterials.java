package dev.collectionalias.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What scanners are told of a build, in CycloneDX' JSON. */
public record BillOfMaterials(Path file) {

    /** The libraries that it lists, by the names of their files. */
    public List<String> jars() throws IOException {
        JsonNode components = new ObjectMapper().readTree(file.toFile()).get("components");
        return StreamSupport.stream(components.spliterator(), false)
                .map(component -> "%s-%s.jar".formatted(component.get("name").asText(),
                        component.get("version").asText()))
                .toList();
    }
}
