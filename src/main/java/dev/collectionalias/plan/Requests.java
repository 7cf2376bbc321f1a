package dev.collectionalias.plan;

import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Api;

/** The requests in an object's annotations. The operator handles each only once. */
public record Requests(Map<String, String> annotations) {

    private static final String LOOK = Api.RECONCILE_REQUESTED_AT
            .substring(Api.RECONCILE_REQUESTED_AT.indexOf('/') + 1);

    /** The request of this kind, if the operator has not handled it yet. */
    public Optional<Request> pending(Request.Kind kind, Map<String, String> handled) {
        return pending(kind.annotation(), kind.key(), handled).map(value -> new Request(kind, value));
    }

    /** Whether somebody asks the operator to look at Milvus now, and not to rely on a look of a moment ago. */
    public boolean look(Map<String, String> handled) {
        return pending(Api.RECONCILE_REQUESTED_AT, LOOK, handled).isPresent();
    }

    /** The request for a look, which any look handles: the key and the value to remember. */
    public Optional<Map.Entry<String, String>> lookHandled() {
        return value(Api.RECONCILE_REQUESTED_AT).map(value -> Map.entry(LOOK, value));
    }

    private Optional<String> pending(String annotation, String key, Map<String, String> handled) {
        return value(annotation).filter(value -> !value.equals(handled.get(key)));
    }

    private Optional<String> value(String annotation) {
        return Optional.ofNullable(annotations.get(annotation)).map(Request::bounded);
    }
}
