package dev.collectionalias.plan.step;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Replicas;

/** One change of Milvus. */
public sealed interface Effect {

    /** Create the alias, or store it again if it dangles. */
    record Create(CollectionState to, Cause cause) implements Effect {}

    /**
     * Point the alias elsewhere in one atomic call.
     *
     * @param gates       the answers of the gates, if a rule asked them
     * @param requestedBy the requester, as the history tells it
     * @param request     the annotation that the switch fulfils
     */
    record Switch(CollectionState to, Cause cause, List<GateResult> gates, String requestedBy,
            Optional<Request> request) implements Effect {

        public Switch(CollectionState to, Cause cause, String requestedBy) {
            this(to, cause, List.of(), requestedBy, Optional.empty());
        }
    }

    /**
     * Load the candidate into memory, and wait with the switch.
     *
     * @param replicas those of the active collection, which the candidate gets, too
     */
    record Load(CollectionState candidate, Replicas replicas, List<GateResult> gates) implements Effect {}

    /**
     * Make all searches follow the last switch, on a server whose proxies may have missed it.
     *
     * @param mark the property to set for that; empty where the server needs none, or the spec allows none
     * @param stale whether the collection before answered though the switch was over, on whatever server
     */
    record Confirm(CollectionState at, Optional<SwitchMark> mark, boolean stale) implements Effect {}

    /** Make all searches follow the last move of the preview alias. */
    record ConfirmPreview(Preview at, Optional<SwitchMark> mark) implements Effect {}

    /** Take a property off a collection that confirmed a switch. */
    record Unmark(SwitchMark mark) implements Effect {}

    /**
     * Point the preview alias somewhere.
     *
     * @param from where it points; empty if there is none yet
     */
    record PointPreview(String alias, Optional<String> from, String to) implements Effect {}

    /** Drop the preview alias, and store again the neighbours that the status remembers. */
    record DropPreview(String alias, DropMode mode) implements Effect {}

    /** Release from memory a collection that the alias has left. */
    record Release(Retiring retiring) implements Effect {}

    /** Drop the alias, and store again the neighbours that the status remembers. */
    record Drop(DropMode mode) implements Effect {}

    /** The work that is left of a drop. */
    enum DropMode {
        /** The alias points where this object put it. */
        DROP,
        /** The alias points nowhere, since somebody dropped its collection, but its name is still taken. */
        DROP_DANGLING,
        /** The alias is gone, or the operator must not drop it any more. Only its neighbours are left to do. */
        MEND_ONLY
    }
}
