package dev.collectionalias.plan.seen;

/** The outcome of a call through an alias, as an application makes it. */
public sealed interface AliasTrial {

    /** The server answered a search. */
    record Searched() implements AliasTrial {}

    /**
     * The server answered a query. The operator could not search.
     *
     * @param obstacle why not, as the end of a sentence
     */
    record Queried(String obstacle) implements AliasTrial {}

    /**
     * The server did not answer a search, or a query where the operator could not search.
     *
     * @param call the call that failed
     */
    record Refused(Call call, String why) implements AliasTrial {}

    /** The operator tried nothing: the collection behind the alias can answer no search. */
    record Unsearchable(String why) implements AliasTrial {}

    /** What an application may send. */
    enum Call {
        SEARCH, QUERY
    }
}
