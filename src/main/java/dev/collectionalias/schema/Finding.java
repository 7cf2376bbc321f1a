package dev.collectionalias.schema;

/**
 * Something that the API server would refuse.
 *
 * @param path    where in the object it is, as in {@code spec.allow[0].namespaces}
 * @param message what is wrong, in the API server's words
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
