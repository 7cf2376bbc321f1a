package dev.collectionalias.gitops.server;

import java.util.Comparator;

/** An alias of a database. */
public record AliasName(String database, String alias) implements Comparable<AliasName> {

    @Override
    public int compareTo(AliasName other) {
        return Comparator.comparing(AliasName::database).thenComparing(AliasName::alias).compare(this, other);
    }

    @Override
    public String toString() {
        return alias + "@" + database;
    }
}
