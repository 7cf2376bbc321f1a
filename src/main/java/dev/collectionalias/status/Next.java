package dev.collectionalias.status;

import java.time.Duration;

/** What follows a pass. */
public sealed interface Next {

    /** There is more to do, on what was seen already. */
    record Proceed() implements Next {}

    /** The same, but for another try to confirm the last switch. */
    record ProceedUnconfirmed() implements Next {}

    /** There is more to do, after another look. */
    record LookAgain() implements Next {}

    /** Nothing until an event comes, or this time is over. */
    record After(Duration delay) implements Next {}

    /** The object may go. */
    record ReleaseFinalizer() implements Next {}
}
