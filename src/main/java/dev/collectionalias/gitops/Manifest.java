package dev.collectionalias.gitops;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.schema.Checked;
import dev.collectionalias.schema.Finding;
import dev.collectionalias.schema.KindSchema;

/**
 * An object of one of the operator's kinds.
 *
 * @param object   as somebody wrote it
 * @param findings what the API server would refuse
 * @param stored   with its defaults, as the API server would store it
 */
record Manifest(Place place, KindSchema schema, ObjectNode object, List<Finding> findings, ObjectNode stored) {

    static Manifest of(Place place, KindSchema schema, ObjectNode object) {
        Checked checked = schema.check(object);
        return new Manifest(place, schema, object, checked.findings(), checked.stored());
    }

    String kind() {
        return schema.kind();
    }

    /** Empty where it has none. */
    String name() {
        return object.at("/metadata/name").asText();
    }

    /** Empty where it is left to who applies it. */
    String namespace() {
        return object.at("/metadata/namespace").asText();
    }

    boolean isAlias() {
        return kind().equals(CollectionAlias.class.getSimpleName());
    }

    /** As people call it. */
    String title() {
        return kind() + " " + (namespace().isEmpty() ? name() : namespace() + "/" + name());
    }
}
