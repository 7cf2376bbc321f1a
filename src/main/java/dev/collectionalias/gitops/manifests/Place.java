package dev.collectionalias.gitops.manifests;

import static java.lang.String.format;

/**
 * The place of a document.
 *
 * @param file     as the user named it; {@code -} for the standard input
 * @param document its number in the file, from 1 on
 */
public record Place(String file, int document) {

    @Override
    public String toString() {
        return format("%s, document %d", file, document);
    }
}
