package dev.collectionalias.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.collectionalias.api.v1alpha1.Api;

/**
 * What the annotations ask for, each once.
 *
 * @param retry   try again what was given up
 * @param look    look at Milvus now, not at what was seen a moment ago
 * @param ignored a sentence for each request that is not bound to the object as it is now
 * @param handled what {@code status.handledRequests} says once this pass is over
 */
public record Requests(boolean retry, boolean look, List<String> ignored, Map<String, String> handled) {

    public static Requests of(Map<String, String> annotations, long generation, Map<String, String> handledBefore) {
        Map<String, String> handled = new HashMap<>(handledBefore);
        boolean look = isNew(annotations, Api.RECONCILE_REQUESTED_AT, handled);
        boolean retryAsked = isNew(annotations, Api.RETRY, handled);
        List<String> ignored = new ArrayList<>();
        boolean retry = retryAsked && isBoundTo(annotations.get(Api.RETRY), generation);
        if (retryAsked && !retry) {
            ignored.add("retry \"" + annotations.get(Api.RETRY) + "\" is not for generation " + generation);
        }
        return new Requests(retry, look, List.copyOf(ignored), Map.copyOf(handled));
    }

    private static boolean isNew(Map<String, String> annotations, String annotation, Map<String, String> handled) {
        String value = annotations.get(annotation);
        String request = annotation.substring(annotation.indexOf('/') + 1);
        return value != null && !value.equals(handled.put(request, value));
    }

    /** {@code "<generation>"}, optionally with {@code #<anything>} behind to make it new. */
    private static boolean isBoundTo(String value, long generation) {
        return value.split("#", 2)[0].strip().equals(Long.toString(generation));
    }
}
