package dev.collectionalias.schema;

/**
 * A fault for which the API server would refuse an object.
 *
 * @param path    of the fault in the object, as in {@code spec.allow[0].namespaces}
 * @param message the fault in the API server's words
 */
public record Finding(String path, String message) {

    static Finding invalid(String path, String value, String message) {
        return new Finding(path, "Invalid value: " + value + ": " + message);
    }

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
