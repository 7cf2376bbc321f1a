package dev.collectionalias.status;

import dev.collectionalias.api.v1alpha1.Reason;

/** Something worth an Event. */
public record Announcement(Reason reason, String message, boolean warning) {

    static Announcement normal(Reason reason, String message) {
        return new Announcement(reason, message, false);
    }

    static Announcement warning(Reason reason, String message) {
        return new Announcement(reason, message, true);
    }
}
