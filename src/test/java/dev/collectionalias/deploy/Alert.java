package dev.collectionalias.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** A rule of deploy/monitoring/alerts.yaml. */
record Alert(String name, JsonNode rule) {

    static final Path FILE = Path.of("deploy/monitoring/alerts.yaml");

    static List<Alert> all() throws IOException {
        JsonNode groups = new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile()).get("groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.get("rules").spliterator(), false))
                .map(rule -> new Alert(rule.get("alert").asText(), rule)).toList();
    }

    String expression() {
        return rule.get("expr").asText();
    }

    String annotation(String key) {
        return rule.path("annotations").path(key).asText();
    }

    String severity() {
        return rule.path("labels").path("severity").asText();
    }

    @Override
    public String toString() {
        return name;
    }
}
