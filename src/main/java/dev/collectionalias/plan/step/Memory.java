package dev.collectionalias.plan.step;

import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Sight;

/**
 * The memory that several topics share. The status is the memory: each method gives the situation that remembers one
 * thing more.
 */
public final class Memory {

    private Memory() {}

    /** The object holds the alias. Its memory of another server says nothing about the alias on this one. */
    public static Situation own(Situation situation, String endpoint) {
        Situation here = endpoint.equals(situation.status().endpoint()) ? situation : forget(situation, endpoint);
        return here.remember(status -> status.withOwned(true).withEndpoint(endpoint));
    }

    /** The object does not hold the alias any more. */
    public static Situation disown(Situation situation, String endpoint) {
        return forget(situation, endpoint).remember(status -> status.withOwned(false).withEndpoint(endpoint))
                .saying(conditions -> conditions.without(ConditionType.Serving, ConditionType.InSync));
    }

    /** Ownership is of an alias on one server. It ends where the connection leads to another one. */
    static Situation disownUnlessOn(Situation situation, String endpoint) {
        String owned = situation.status().endpoint();
        return owned == null || owned.equals(endpoint) ? situation : disown(situation, endpoint);
    }

    /**
     * The operator leaves a preview alias on another server there, as it leaves the alias. A preview alias on this server
     * is still this object's.
     */
    private static Situation forget(Situation situation, String endpoint) {
        boolean same = endpoint.equals(situation.status().endpoint());
        return (same ? stampMarks(situation) : situation)
                .remember(status -> status.withPreview(same ? status.preview() : null)
                        .withSwitchMarks(same ? status.switchMarks() : List.of()).withActive(null).withPrevious(null)
                        .withCandidate(null).withVerification(null).withRollback(null).withRejected(null)
                        .withRetiring(List.of()))
                .saying(conditions -> conditions.without(ConditionType.Confirmed));
    }

    /** Whether the alias is where the status says. */
    public static boolean isAt(CollectionAliasStatus status, CollectionState mapping) {
        Active active = status.active();
        return active != null && mapping.is(active.collection(), active.id());
    }

    /** The alias is where it was, though its collection may have been renamed. */
    public static Situation follow(Situation situation, CollectionState mapping) {
        return situation.remember(
                status -> status.withActive(status.active().withCollection(mapping.name()).withId(mapping.id())));
    }

    public static Situation forgetCandidate(Situation situation) {
        return situation.remember(status -> status.withCandidate(null));
    }

    /** A switch is over, and the operator may have set the properties that it was about to. Their time begins now. */
    public static Situation stampMarks(Situation situation) {
        return situation.remember(status -> status.withSwitchMarks(status.switchMarks().stream()
                .map(mark -> mark.at() == null ? stamped(situation, mark) : mark).toList()));
    }

    public static SwitchMark stamped(Situation situation, SwitchMark mark) {
        return mark.withAt(situation.second());
    }

    /** Forgets what the spec does not want any more. The rules begin with it each time. */
    public static Situation current(Situation situation) {
        CollectionAliasSpec spec = situation.spec();
        return situation.remember(status -> status.withCandidate(wanted(status.candidate(), situation))
                .withRejected(status.rejected() == null
                        || status.rejected().collection().equals(spec.collection()) ? status.rejected() : null)
                .withRetiring(spec.cutover().retirement() == null ? List.of() : left(status, spec)));
    }

    /** A collection that the spec does not name is no candidate, unless the alias may be there already. */
    private static Candidate wanted(Candidate candidate, Situation situation) {
        if (candidate == null || situation.status().active() == null
                || candidate.collection().equals(situation.spec().collection())
                || !(situation.sight() instanceof Sight.Clear clear)) {
            return candidate;
        }
        boolean there = clear.observation().mapping().filter(at -> at.is(candidate.collection(), candidate.id()))
                .isPresent();
        return there ? candidate : null;
    }

    /** A collection that the spec names, or that the alias points at, does not retire. */
    public static List<Retiring> left(CollectionAliasStatus status, CollectionAliasSpec spec) {
        String active = status.active() == null ? null : status.active().collection();
        return status.retiring().stream().filter(
                old -> !old.collection().equals(spec.collection()) && !old.collection().equals(active)).toList();
    }
}
