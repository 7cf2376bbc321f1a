package dev.collectionalias.gitops.manifests;

import static java.lang.String.format;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.collectionalias.plan.OneLine;

/**
 * A fault of a manifest.
 *
 * @param object the manifest's title; empty: nobody knows what it is
 * @param path   of the faulty part in the object; empty: the whole object
 */
public record Complaint(@JsonUnwrapped Place place, String object, String path, String message) {

    public Complaint {
        object = OneLine.of(object);
        path = OneLine.of(path);
        message = OneLine.of(message);
    }

    @Override
    public String toString() {
        String of = object.isEmpty() ? "" : object + ": ";
        return format("%s: %s%s%s", place, of, path.isEmpty() ? "" : path + ": ", message);
    }
}
