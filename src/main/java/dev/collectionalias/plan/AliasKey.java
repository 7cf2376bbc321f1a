package dev.collectionalias.plan;

/** What an object claims: one alias of one database on one server. */
public record AliasKey(String endpoint, String database, String alias) {}
