package dev.collectionalias.status;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.OneLine;

/** Something worth an Event. */
public record Announcement(Reason reason, String message, boolean warning) {

    public Announcement {
        message = OneLine.of(message);
    }

    static Announcement normal(Reason reason, String message) {
        return new Announcement(reason, message, false);
    }

    static Announcement warning(Reason reason, String message) {
        return new Announcement(reason, message, true);
    }
}
