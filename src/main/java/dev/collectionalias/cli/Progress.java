package dev.collectionalias.cli;

/** How far a request is. */
sealed interface Progress {

    String sentence();

    /** It is on its way. */
    record Waiting(String sentence) implements Progress {}

    /** What was asked for is so. */
    record Happened(String sentence) implements Progress {}

    /** The operator is done with the request, and what was asked for is not so. An Event may say it better. */
    record Ignored(String sentence) implements Progress {}

    /** Somebody replaced the request before it was handled. */
    record Withdrawn(String sentence) implements Progress {}
}
