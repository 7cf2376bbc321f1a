package dev.collectionalias.plan;

import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Api;

/** What the annotations ask for. One that was handled once is never handled again. */
public record Requests(Map<String, String> annotations) {

    private static final String LOOK = Api.RECONCILE_REQUESTED_AT
            .substring(Api.RECONCILE_REQUESTED_AT.indexOf('/') + 1);

    /** The request of this kind, if it was not handled yet. */
    public Optional<Request> pending(Request.Kind kind, Map<String, String> handled) {
        return pending(kind.annotation(), kind.key(), handled).map(value -> new Request(kind, value));
    }

    /** Whether it was asked to look at Milvus now, not at what was seen a moment ago. */
    public boolean look(Map<String, String> handled) {
        return pending(Api.RECONCILE_REQUESTED_AT, LOOK, handled).isPresent();
    }

    /** What is handled by any look: the key and the value to remember. */
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
