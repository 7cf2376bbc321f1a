package dev.collectionalias.cli;

/** How far the operator has come with a request. */
sealed interface RequestProgress {

    String sentence();

    /** The request is on its way. */
    record Waiting(String sentence) implements RequestProgress {}

    /** The operator has done what the request asks for. */
    record Happened(String sentence) implements RequestProgress {}

    /** The operator has handled the request without doing what it asks for. An Event may say why. */
    record Ignored(String sentence) implements RequestProgress {}

    /** Somebody replaced the request before the operator handled it. */
    record Withdrawn(String sentence) implements RequestProgress {}
}
