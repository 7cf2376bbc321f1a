package dev.collectionalias.gitops;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.schema.Schemas;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The manifests of some files, and what else is in them. */
final class Manifests {

    private static final String LIST = "List";

    private final Schemas schemas;
    private final List<Manifest> all = new ArrayList<>();
    private final List<Complaint> unreadable = new ArrayList<>();
    private int others;

    Manifests(Schemas schemas) {
        this.schemas = schemas;
    }

    /** @param file how it is called */
    void add(String file, String text) {
        List<JsonNode> documents;
        try {
            documents = Documents.read(text);
        } catch (YAMLException e) {
            unreadable.add(new Complaint(new Place(file, 1), "", "", "no YAML: " + reason(e)));
            return;
        }
        for (int i = 0; i < documents.size(); i++) {
            add(new Place(file, i + 1), documents.get(i));
        }
    }

    private static String reason(YAMLException e) {
        return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? format("%s in line %d", marked.getProblem(), marked.getProblemMark().getLine() + 1)
                : e.getMessage();
    }

    private void add(Place place, JsonNode document) {
        if (document.isNull()) {
            return; // nothing but comments
        }
        String apiVersion = document.path("apiVersion").asText();
        String kind = document.path("kind").asText();
        if (kind.endsWith(LIST) && document.path("items").isArray()) {
            document.get("items").forEach(item -> add(place, item));
        } else if (!schemas.hasGroup(apiVersion.split("/", 2)[0])) {
            others++;
        } else {
            schemas.find(apiVersion, kind).ifPresentOrElse(
                    schema -> all.add(Manifest.of(place, schema, (ObjectNode) document)),
                    () -> unreadable.add(new Complaint(place, "", "",
                            format("there is no kind %s in %s", kind, apiVersion))));
        }
    }

    List<Manifest> all() {
        return List.copyOf(all);
    }

    /** Files that are no YAML, and objects of a kind that this version does not know. */
    List<Complaint> unreadable() {
        return List.copyOf(unreadable);
    }

    /** How many documents are none of the operator's business. */
    int others() {
        return others;
    }
}
