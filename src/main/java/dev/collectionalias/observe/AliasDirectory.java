package dev.collectionalias.observe;

import java.util.List;

import dev.collectionalias.plan.Subject;

/** The objects that there are, as last read or written. */
public interface AliasDirectory {

    /** Those that name this alias of a database of this name, on whatever server. */
    List<Subject> naming(String database, String alias);

    /** Those that manage or want this preview alias of a database of this name, on whatever server. */
    List<Subject> previewing(String database, String alias);

    /** Those that need this collection of a database of this name, on whatever server, or may switch back to it. */
    List<Subject> needing(String database, String collection);

    /** Those that remember this alias as a neighbour of the one that they drop, on whatever server. */
    List<Subject> remembering(String database, String alias);
}
