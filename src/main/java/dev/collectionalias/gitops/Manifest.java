package dev.collectionalias.gitops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.schema.KindSchema;

/** An object of one of the operator's kinds, as somebody wrote it. */
record Manifest(Place place, KindSchema schema, ObjectNode object) {

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

    /** The same with its defaults, as the API server would store it. */
    Manifest stored() {
        return new Manifest(place, schema, schema.check(object).stored());
    }
}
