package dev.collectionalias.quickstart;

/** A step of the tour that did not come out as it should; the message is for a person. */
final class TourFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TourFailure(String message) {
        super(message);
    }

    TourFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
