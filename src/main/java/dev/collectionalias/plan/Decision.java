package dev.collectionalias.plan;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.api.v1alpha1.Reason;

/** What to do next: one effect at most. */
public sealed interface Decision {

    /** Nothing, not even a report: an event will tell more. */
    record Hold() implements Decision {}

    /** The alias is where it should be. */
    record Settled() implements Decision {}

    /** Look, but touch nothing, as the user asked. */
    record Suspend() implements Decision {}

    /** Say what is in the way. */
    record Wait(Problem problem) implements Decision {}

    /** Remember that the alias is about to be pointed there by this object: a crash in between must not orphan it. */
    record Claim(CollectionState target) implements Decision {}

    /**
     * Own the alias as it is, without a call to Milvus.
     *
     * @param requestedBy of a change of this operator's own that was interrupted before its report: who wanted it; else null
     * @param request     the annotation that was handled by it
     */
    record Take(CollectionState at, Cause cause, String requestedBy, Optional<Request> request) implements Decision {

        public Take(CollectionState at, Cause cause) {
            this(at, cause, null, Optional.empty());
        }

        /** Whether the call that brought it there was this operator's. */
        public boolean isResumed() {
            return requestedBy != null;
        }
    }

    /** Create the alias, or store it again if it dangles. */
    record Create(CollectionState target, Cause cause) implements Decision {}

    /**
     * Point the alias elsewhere in one atomic call.
     *
     * @param gates       what the gates said of it, if they were asked
     * @param requestedBy who wants it, as the history tells it
     * @param request     the annotation that is handled by it
     */
    record Switch(CollectionState from, CollectionState to, Cause cause, List<GateResult> gates, String requestedBy,
            Optional<Request> request) implements Decision {

        public Switch(CollectionState from, CollectionState to, Cause cause) {
            this(from, to, cause, List.of(), cause == Cause.Drift ? "drift" : "spec", Optional.empty());
        }
    }

    /**
     * Wait with a switch, and say what its gates say.
     *
     * @param id       the candidate's id; null if there is no such collection
     * @param counting whether the time counts towards the progress deadline
     */
    record Check(String candidate, String id, List<GateResult> gates, Problem problem, boolean counting)
            implements
                Decision {}

    /** Load the candidate into memory, and wait with the switch. */
    record Load(CollectionState candidate, List<GateResult> gates) implements Decision {}

    /** Go on watching what was switched to. */
    record Watch(List<GateResult> gates, int failures) implements Decision {}

    /** The watch is over and all went well. */
    record Verified() implements Decision {}

    /** The watch is over, and the alias stays though it did not go well. */
    record KeepUnverified(String why) implements Decision {}

    /**
     * Remember that the alias goes back, before it does: a crash in between must not lose it.
     *
     * @param requestedBy who wants it, as the history tells it
     */
    record GoBack(CollectionState to, String requestedBy, String why, Optional<Request> request)
            implements
                Decision {}

    /** The way back that was asked for is not there any more. */
    record StayThere(String why) implements Decision {}

    /** Give the candidate up, as somebody asked. */
    record Abort(Request request) implements Decision {}

    /** Forget what was given up, as somebody asked. */
    record Retry(Request request) implements Decision {}

    /** Tell why a request is not fulfilled, and do not. */
    record Refuse(Request request, String why) implements Decision {}

    /** Remember how many rows a collection has that is to be released. */
    record CountRetiring(Retiring retiring, long rows) implements Decision {}

    /** Release from memory what the alias has left. */
    record Release(Retiring retiring) implements Decision {}

    /**
     * Do not release it after all.
     *
     * @param why empty where it is not in memory any more
     */
    record KeepLoaded(Retiring retiring, Optional<String> why) implements Decision {}

    /** Leave it in memory until somebody has cured what stands in the way. */
    record DeferRelease(Retiring retiring, Problem problem) implements Decision {}

    /**
     * Remember that the alias is about to be put back where it was, so that searches may miss it: a crash in between must not make
     * it look as if nothing had happened.
     */
    record Doubt() implements Decision {}

    /** Remember a property of a collection before it is set: a crash in between must not leave it behind. */
    record Mark(SwitchMark mark) implements Decision {}

    /**
     * See to it that all searches follow the last switch, on a server whose proxies may have missed it.
     *
     * @param mark the property to set for that; empty where it takes none, or none is allowed
     */
    record Confirm(CollectionState at, Optional<SwitchMark> mark) implements Decision {}

    /** The same for the preview alias. */
    record ConfirmPreview(Preview at, Optional<SwitchMark> mark) implements Decision {}

    /** Take a property off a collection that confirmed a switch. */
    record Unmark(SwitchMark mark) implements Decision {}

    /**
     * Drop the alias and store its neighbours again.
     *
     * @param remembered the neighbours that status remembers already
     */
    record Drop(DropMode mode, List<Neighbour> remembered) implements Decision {}

    /** Remember that the preview alias is about to be this object's: a crash in between must not orphan it. */
    record ClaimPreview(String alias) implements Decision {}

    /**
     * Point the preview alias somewhere.
     *
     * @param from where it points; empty if there is none yet
     */
    record PointPreview(String alias, Optional<String> from, String to) implements Decision {}

    /** Drop the preview alias and store its neighbours again. */
    record DropPreview(String alias, DropMode mode, List<Neighbour> remembered) implements Decision {}

    /** The preview alias is gone, or somebody else's. */
    record ForgetPreview(String alias) implements Decision {}

    /** What is left to do of a drop. */
    enum DropMode {
        /** The alias points where this object put it. */
        DROP,
        /** The alias points nowhere, since its collection was dropped, but its name is still taken. */
        DROP_DANGLING,
        /** The alias must not be dropped any more, or is gone; only its neighbours are left to do. */
        MEND_ONLY
    }

    /** Let the object go and leave the alias as it is. */
    record Leave(Reason reason, String why) implements Decision {}
}
