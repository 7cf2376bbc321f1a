package dev.collectionalias.gitops;

import static java.lang.String.format;

/**
 * The place of a document.
 *
 * @param file     as the user named it; {@code -} for the standard input
 * @param document its number in the file, from 1 on
 */
record Place(String file, int document) {

    @Override
    public String toString() {
        return format("%s, document %d", file, document);
    }
}
