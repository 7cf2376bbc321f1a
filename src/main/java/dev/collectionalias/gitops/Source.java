package dev.collectionalias.gitops;

import java.util.Optional;

/**
 * Where a text with manifests comes from.
 *
 * @param name      as people call it
 * @param isFound   whether nobody named it: it may be for another tool altogether
 * @param rendering the sentence that says what another tool makes of it first; empty: it is applied as it is
 */
record Source(String name, boolean isFound, Optional<String> rendering) {

    static Source named(String name) {
        return new Source(name, false, Optional.empty());
    }

    /** The same file, met in two ways. */
    Source or(Source other) {
        return isFound ? other : this;
    }
}
