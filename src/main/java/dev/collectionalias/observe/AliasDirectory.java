package dev.collectionalias.observe;

import java.util.List;

import dev.collectionalias.plan.Subject;

/** The objects of the cluster, as this process last read or wrote them. */
public interface AliasDirectory {

    /** The objects that name this alias of a database of this name, on any server. */
    List<Subject> naming(String database, String alias);

    /** The objects that manage or want this preview alias of a database of this name, on any server. */
    List<Subject> previewing(String database, String alias);

    /** The objects that need this collection of a database of this name, or may switch back to it, on any server. */
    List<Subject> needing(String database, String collection);

    /** The objects that are dropping an alias and remember this one as its neighbour, on any server. */
    List<Subject> remembering(String database, String alias);
}
