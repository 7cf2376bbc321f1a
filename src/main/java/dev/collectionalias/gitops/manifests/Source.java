package dev.collectionalias.gitops.manifests;

import java.util.Optional;

/**
 * Where a text with manifests comes from.
 *
 * @param name      as messages call it
 * @param isFound   whether the command found the file by itself; such a file may be for another tool
 * @param rendering says which tool renders it first; empty: people apply it as it is
 */
record Source(String name, boolean isFound, Optional<String> rendering) {

    static Source named(String name) {
        return new Source(name, false, Optional.empty());
    }

    /** The same file, found in two ways. */
    Source or(Source other) {
        return isFound ? other : this;
    }
}
