package dev.collectionalias.plan.step;

import static java.lang.String.format;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.HistoryEntry;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Proof;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.ProofPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.seen.CollectionState;

/** Remembers and tells that the operator brought the alias somewhere, or found it there. */
public final class Moves {

    /**
     * How an alias came to point where it does.
     *
     * @param took        how long the call that changed it took; null if the operator found it there
     * @param toConfirm   whether the server may still answer some searches from the collection before
     * @param requestedBy the requester; null if nobody asked
     * @param gates       the answers of the gates before that
     */
    public record Move(Cause cause, Duration took, boolean toConfirm, String requestedBy, List<GateResult> gates) {

        /** The operator made a call. */
        public static Move made(Cause cause, Outcome.Done done, String requestedBy, List<GateResult> gates) {
            return new Move(cause, done.took(), done.toConfirm(), requestedBy, gates);
        }

        /** The operator made no call, or does not know any more how the call went. */
        public static Move found(Cause cause, boolean toConfirm, String requestedBy) {
            return new Move(cause, null, toConfirm, requestedBy, List.of());
        }
    }

    private Moves() {}

    public static Situation moved(Situation situation, CollectionState to, Move move) {
        Active from = situation.status().active();
        Announcement news = news(situation, from == null ? null : from.collection(), to.name(), move.cause());
        Situation owned = Memory.stampMarks(Memory.own(situation, situation.key().endpoint()));
        Situation there = owned.remember(status -> active(owned, status, to, move))
                .saying(conditions -> conditions.without(ConditionType.Confirmed)).tell(news)
                .seeing(situation.milvus().pointingAt(to));
        return to.name().equals(situation.spec().collection())
                ? there
                : there.judging(conditions -> conditions.reconciling(Reason.GatesPending,
                        format("alias %s points at %s, and %s is looked at", situation.spec().alias(), to.name(),
                                situation.spec().collection())));
    }

    private static CollectionAliasStatus active(Situation situation, CollectionAliasStatus before, CollectionState to,
            Move move) {
        Active from = before.active();
        boolean same = Memory.isAt(before, to);
        int revision = 1 + (before.history().isEmpty() ? 0 : before.history().getFirst().revision());
        CollectionAliasStatus after = before
                .withActive(new Active(to.name(), to.id(), revision, situation.second(),
                        move.toConfirm() ? Boolean.FALSE : null, proof(situation, before, to, move.cause())))
                .withPrevious(from == null || same
                        ? before.previous()
                        : new CollectionIdentity(from.collection(), from.id()))
                .withCandidate(null)
                // A foreign move of the alias in between does not end the watch over it.
                .withVerification(same ? before.verification() : null)
                .withHistory(Stream.concat(Stream.of(entry(situation, from, to, revision, move)),
                        before.history().stream()).limit(situation.spec().revisionHistoryLimit()).toList());
        return after.withRetiring(Memory.left(after, situation.spec()))
                .withCorrections(move.cause() == Cause.Drift
                        ? Contest.remember(situation.subject(), situation.second())
                        : before.corrections());
    }

    /** The proof to ask for: that the alias has left the collection that answered before this operator's own switch. */
    private static Proof proof(Situation situation, CollectionAliasStatus before, CollectionState to, Cause cause) {
        boolean wanted = switch (cause) {
            case SpecChanged, RolledBack, Drift -> situation.spec().cutover().proof() == ProofPolicy.Auto;
            case Created, Adopted, HandedOver, Repaired, External -> false;
        };
        // The operator may find the alias at its new place, after a crash. The status knows then where it was.
        return !wanted
                ? null
                : situation.milvus().mapping().map(CollectionState::name).filter(from -> !from.equals(to.name()))
                        .or(() -> Optional.ofNullable(before.active()).map(Active::collection)
                                .filter(from -> !from.equals(to.name())))
                        .map(Proof::due).orElse(null);
    }

    private static HistoryEntry entry(Situation situation, Active from, CollectionState to, int revision, Move move) {
        return new HistoryEntry(revision, from == null ? null : from.collection(), to.name(), situation.second(),
                move.cause().name(), move.requestedBy(), move.took() == null ? null : move.took().toMillis(),
                move.gates());
    }

    private static Announcement news(Situation situation, String from, String to, Cause cause) {
        String alias = situation.spec().alias();
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
                        to, situation.status().rollback().why()));
            case External -> Announcement.normal(Reason.InSync,
                    format("somebody else switched alias %s from %s to %s%s", alias, from, to,
                            to.equals(situation.spec().collection()) ? ", where the spec wants it" : ""));
        };
    }
}
