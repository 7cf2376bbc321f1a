package dev.collectionalias.status;

import static java.lang.String.format;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Subject;

/** The words of the Events that tell of a change of the alias. */
final class Announcements {

    private Announcements() {}

    static Announcement of(Subject subject, String from, String to, Cause cause) {
        String alias = subject.spec().alias();
        return switch (cause) {
            case Created -> Announcement.normal(Reason.AliasCreated, format("created alias %s at %s", alias, to));
            case Adopted ->
                Announcement.normal(Reason.AliasAdopted, format("took over alias %s, which points at %s", alias, to));
            case HandedOver -> Announcement.normal(Reason.HandedOver,
                    format("took over alias %s at %s from an object that is being deleted", alias, to));
            case SpecChanged ->
                Announcement.normal(Reason.Switched, format("switched alias %s from %s to %s", alias, from, to));
            case Repaired -> Announcement.normal(Reason.Switched,
                    format("pointed alias %s at %s, because the collection %s behind it was dropped", alias, to, from));
            case Drift -> Announcement.warning(Reason.DriftCorrected,
                    format("pointed alias %s back at %s, after somebody else had moved or dropped it", alias, to));
            case RolledBack ->
                Announcement.warning(Reason.RolledBack, format("switched alias %s back from %s to %s: %s", alias, from,
                        to, subject.status().rollback().why()));
            case External -> Announcement.normal(Reason.InSync,
                    format("somebody else switched alias %s from %s to %s%s", alias, from, to,
                            to.equals(subject.spec().collection()) ? ", where the spec wants it" : ""));
        };
    }
}
