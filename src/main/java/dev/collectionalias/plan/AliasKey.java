package dev.collectionalias.plan;

/** An object's claim: one alias of one database on one server. */
public record AliasKey(String endpoint, String database, String alias) {

    /** The key of another alias beside this one. */
    public AliasKey with(String another) {
        return new AliasKey(endpoint, database, another);
    }
}
