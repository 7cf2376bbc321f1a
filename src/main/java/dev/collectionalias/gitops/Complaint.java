package dev.collectionalias.gitops;

import static java.lang.String.format;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.collectionalias.plan.OneLine;

/**
 * What is wrong with a manifest.
 *
 * @param object the manifest's title; empty where it is not known what it is
 * @param path   where in the object; empty for all of it
 */
record Complaint(@JsonUnwrapped Place place, String object, String path, String message) {

    Complaint {
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
