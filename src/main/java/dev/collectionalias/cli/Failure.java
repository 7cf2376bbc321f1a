package dev.collectionalias.cli;

/** Why a command did not do what it was asked to, as a sentence for its user. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    Failure(String sentence) {
        super(sentence);
    }

    Failure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
