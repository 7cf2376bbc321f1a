package dev.collectionalias.gitops;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.plan.OneLine;

/**
 * What applying one manifest does.
 *
 * @param from    where the alias points; null if there is none
 * @param to      where the manifest wants it
 * @param reason  why it is not done at once, or can't be; as in {@code status.conditions}; null: nothing is in the way
 * @param message the sentence to the reason, or what else there is to say; null: nothing
 * @param gates   what the gates of the switch say; empty where none are asked
 * @param preview what becomes of the preview alias; null: nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Change(@JsonUnwrapped Place place, String object, String database, String alias, Action action, String from,
        String to, String reason, String message, List<GateResult> gates, PreviewChange preview) {

    /**
     * @param from where it points; null if there is none
     * @param to   null if it is dropped
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record PreviewChange(String alias, String from, String to) {}

    /** Whether Milvus would be written to, now or once nothing is in the way any more. */
    @JsonIgnore
    boolean isChange() {
        return action == Action.CREATE || action == Action.SWITCH || preview != null;
    }

    /** The same where the operator can't get in now. */
    Change heldBackBy(Condition ofTheConnection) {
        return isChange() && reason == null
                ? new Change(place, object, database, alias, action, from, to, ofTheConnection.reason(),
                        OneLine.of("the connection is not ready: " + ofTheConnection.message()), gates, preview)
                : this;
    }

    /** Whether it waits for something. */
    @JsonIgnore
    boolean isHeld() {
        return reason != null && (action == Action.CREATE || action == Action.SWITCH);
    }
}
