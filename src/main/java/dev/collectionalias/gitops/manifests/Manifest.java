package dev.collectionalias.gitops.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.schema.Checked;
import dev.collectionalias.schema.Finding;
import dev.collectionalias.schema.KindSchema;

/**
 * An object of one of the operator's kinds.
 *
 * @param object   as somebody wrote it
 * @param findings the faults for which the API server would refuse it
 * @param stored   with its defaults, as the API server would store it
 */
public record Manifest(Place place, KindSchema schema, ObjectNode object, List<Finding> findings, ObjectNode stored) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Manifest of(Place place, KindSchema schema, ObjectNode object) {
        Checked checked = schema.check(object);
        return new Manifest(place, schema, object, checked.findings(), checked.stored());
    }

    public String kind() {
        return schema.kind();
    }

    /** Empty if the manifest has none. */
    public String name() {
        return object.at("/metadata/name").asText();
    }

    /** Empty if the manifest leaves it to the person who applies it. */
    public String namespace() {
        return object.at("/metadata/namespace").asText();
    }

    public boolean isAlias() {
        return kind().equals(CollectionAlias.class.getSimpleName());
    }

    /** The name by which messages call the manifest. */
    public String title() {
        return title(object);
    }

    /** The name by which messages call an object of any kind. */
    static String title(JsonNode object) {
        String name = object.at("/metadata/name").asText();
        String namespace = object.at("/metadata/namespace").asText();
        return object.path("kind").asText() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }

    /** Whether it lacks something that the other one has, and has no other fault. */
    boolean seemsToPatch(Manifest other) {
        return !findings.isEmpty() && other.findings.isEmpty() && kind().equals(other.kind())
                && name().equals(other.name())
                && (namespace().isEmpty() || other.namespace().isEmpty() || namespace().equals(other.namespace()))
                && schema.check(laidOver(other.object)).isAccepted();
    }

    private ObjectNode laidOver(ObjectNode other) {
        try {
            return JSON.readerForUpdating(other.deepCopy()).readValue(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
