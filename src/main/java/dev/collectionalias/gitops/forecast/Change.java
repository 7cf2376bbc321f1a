package dev.collectionalias.gitops.forecast;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.gitops.manifests.Place;
import dev.collectionalias.plan.OneLine;

/**
 * The effect of applying one manifest.
 *
 * @param from    where the alias points; null: there is no alias
 * @param to      where the manifest wants it
 * @param reason  why the operator does not do it at once, or can't; as in {@code status.conditions}; null: nothing is in the
 *                way
 * @param message explains the reason, or adds something else; null: nothing to say
 * @param gates   the answers of the switch's gates; empty: the operator asks none
 * @param preview what happens to the preview alias; null: nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Change(@JsonUnwrapped Place place, String object, String database, String alias, Action action, String from,
        String to, String reason, String message, List<GateResult> gates, PreviewChange preview) {

    /**
     * @param from where the preview alias points; null: there is none
     * @param to   null: the operator drops it
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record PreviewChange(String alias, String from, String to) {}

    /** Whether the operator writes to Milvus, now or once nothing is in the way any more. */
    @JsonIgnore
    boolean isChange() {
        return action == Action.CREATE || action == Action.SWITCH || preview != null;
    }

    /** The same change while Milvus does not let the operator in. */
    Change heldBackBy(Condition ofTheConnection) {
        return isChange() && reason == null
                ? new Change(place, object, database, alias, action, from, to, ofTheConnection.reason(),
                        OneLine.of("the connection is not ready: " + ofTheConnection.message()), gates, preview)
                : this;
    }

    /** Whether the change waits for something. */
    @JsonIgnore
    boolean isHeld() {
        return reason != null && (action == Action.CREATE || action == Action.SWITCH);
    }
}
