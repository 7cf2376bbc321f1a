package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.AdoptionPolicy;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Confirmation;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Decision.DropMode;
import dev.collectionalias.plan.Observation;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.Target;

/**
 * Keeps the preview alias at the candidate, and at the active collection while there is none. It never is in the way of
 * a rollback or of a verification, only of a new switch.
 */
public final class PreviewPlanner {

    private PreviewPlanner() {}

    /** The alias to look at: the one that is managed, else the one that is wanted; empty if there is neither. */
    public static Optional<String> alias(Subject subject) {
        Preview held = subject.status().preview();
        return Optional.of(held == null ? wanted(subject) : held.alias()).filter(name -> !name.isEmpty());
    }

    /** Whether the preview alias of an object whose alias is in place has not followed yet. */
    public static boolean isBehind(Subject subject) {
        Preview held = subject.status().preview();
        return held == null
                ? !wanted(subject).isEmpty()
                : !held.alias().equals(wanted(subject))
                        || !subject.status().active().collection().equals(held.collection());
    }

    /** What is left to do, or what is in the way; empty where all is as it should be. */
    public static Optional<Decision> decide(Subject subject, CollectionState mapping, Observation seen, Instant now) {
        return seen.preview().flatMap(preview -> decide(subject, mapping, seen.target(), preview)
                .map(decision -> rememberedFirst(subject, seen, decision))
                .or(() -> Confirmation.ofPreview(subject, subject.status().preview(), seen, now)));
    }

    /** One that is put back where status says that it is would not be confirmed after a crash in between. */
    private static Decision rememberedFirst(Subject subject, Observation seen, Decision decision) {
        boolean putBack = decision instanceof Decision.PointPreview point
                && point.to().equals(subject.status().preview().collection()) && !seen.remedies().isEmpty();
        return putBack ? new Decision.ClaimPreview(subject.status().preview().alias()) : decision;
    }

    private static Optional<Decision> decide(Subject subject, CollectionState mapping, Target target,
            PreviewSight seen) {
        Preview held = subject.status().preview();
        boolean dropBegun = !subject.status().neighbours().isEmpty();
        if (held != null && (dropBegun || !held.alias().equals(wanted(subject)))) {
            return Optional.of(giveUp(subject, seen));
        }
        if (seen.claimant().isPresent()) {
            return Optional.of(held == null
                    ? new Decision.Wait(new Problem(Reason.Conflict,
                            format("previewAlias %s is claimed by CollectionAlias %s; name another one", seen.alias(),
                                    seen.claimant().get())))
                    : new Decision.ForgetPreview(seen.alias()));
        }
        String desired = desired(subject, mapping, target);
        if (held == null) {
            return Optional.of(isForeign(subject, seen.target(), desired)
                    ? new Decision.Wait(existsElsewhere(seen.alias(), seen.target().orElseThrow()))
                    : new Decision.ClaimPreview(seen.alias()));
        }
        boolean there = seen.target().equals(Optional.of(desired)) && desired.equals(held.collection());
        return there ? Optional.empty() : Optional.of(new Decision.PointPreview(seen.alias(), seen.target(), desired));
    }

    /**
     * What becomes of a preview alias that is managed and not wanted any more: it is dropped, unless somebody else has
     * moved it or has a claim to its name.
     */
    public static Decision giveUp(Subject subject, PreviewSight seen) {
        boolean begun = !subject.status().neighbours().isEmpty();
        if (!seen.pendingDrops().isEmpty()) {
            return new Decision.Wait(new Problem(Reason.Deleting,
                    format("waits until the drop of %s is over", seen.pendingDrops().getFirst())));
        }
        boolean ours = seen.claimant().isEmpty()
                && seen.target().filter(target -> isWhereWePutIt(subject, target)).isPresent();
        if (ours) {
            return new Decision.DropPreview(seen.alias(), DropMode.DROP, subject.status().neighbours());
        }
        return begun
                ? new Decision.DropPreview(seen.alias(), DropMode.MEND_ONLY, subject.status().neighbours())
                : new Decision.ForgetPreview(seen.alias());
    }

    /** A preview is for the candidate, even for one whose gates failed. */
    private static String desired(Subject subject, CollectionState mapping, Target target) {
        boolean candidate = target instanceof Target.Found
                && !CutoverState.isRejected(subject.spec(), subject.status());
        return candidate ? subject.spec().collection() : mapping.name();
    }

    /** Whether a preview alias that no object holds must not be moved. */
    public static boolean isForeign(Subject subject, Optional<String> target, String desired) {
        return subject.spec().adoptionPolicy() != AdoptionPolicy.Adopt
                && target.filter(found -> !found.equals(desired)).isPresent();
    }

    public static Problem existsElsewhere(String alias, String target) {
        return new Problem(Reason.AliasExistsElsewhere, format("previewAlias %s exists already and points at %s; "
                + "drop it, name another one, or set adoptionPolicy: Adopt", alias, target));
    }

    /** Where status says, or where it was about to be pointed when the operator was interrupted. */
    private static boolean isWhereWePutIt(Subject subject, String target) {
        CollectionAliasStatus status = subject.status();
        return Stream
                .of(status.preview().collection(), subject.spec().collection(),
                        status.active() == null ? null : status.active().collection(),
                        status.previous() == null ? null : status.previous().collection())
                .filter(Objects::nonNull).anyMatch(target::equals);
    }

    private static String wanted(Subject subject) {
        return subject.spec().cutover().previewAlias();
    }
}
