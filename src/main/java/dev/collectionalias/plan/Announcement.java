package dev.collectionalias.plan;

import dev.collectionalias.api.v1alpha1.Reason;

/** Something worth an Event. */
public record Announcement(Reason reason, String message, boolean warning) {

    public Announcement {
        message = OneLine.of(message);
    }

    /** Something went as it should. */
    public static Announcement normal(Reason reason, String message) {
        return new Announcement(reason, message, false);
    }

    /** Somebody may have to do something. */
    public static Announcement warning(Reason reason, String message) {
        return new Announcement(reason, message, true);
    }
}
