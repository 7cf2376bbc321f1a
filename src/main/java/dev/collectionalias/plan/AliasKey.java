package dev.collectionalias.plan;

/** What an object claims: one alias of one database on one server. */
public record AliasKey(String endpoint, String database, String alias) {

    /** Another alias beside this one. */
    public AliasKey with(String another) {
        return new AliasKey(endpoint, database, another);
    }
}
