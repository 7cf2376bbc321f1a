package dev.collectionalias.plan.seen;

/** The outcome of asking through an alias which collection answers. */
public sealed interface AliasProof {

    /**
     * The operator asked for a row that tells the two collections apart.
     *
     * @param witness  the row, as a hash
     * @param asked    how often
     * @param answered how many answers the new collection gave
     * @param stale    how many answers the old collection gave
     */
    record Asked(String witness, int asked, int answered, int stale) implements AliasProof {}

    /** Nothing tells the two apart, and it does not help to ask again. */
    record NoWitness(String why) implements AliasProof {}

    /** The server gave no clear answer. It may give one later. */
    record Unanswered(String why) implements AliasProof {}
}
