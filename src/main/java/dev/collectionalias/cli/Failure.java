package dev.collectionalias.cli;

/** The reason why a command failed, as a sentence for its user. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Failure(String sentence) {
        super(sentence);
    }

    public Failure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
