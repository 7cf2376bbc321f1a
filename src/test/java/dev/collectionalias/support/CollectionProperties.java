package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The properties of a collection of {@link InProcessMilvus}.
 *
 * @param changedAt the collection's update timestamp: who inserts says which one he knows
 */
public record CollectionProperties(Map<String, String> values, long changedAt) {

    public CollectionProperties {
        values = Map.copyOf(values);
    }

    CollectionProperties with(Map<String, String> set, List<String> deleted, long now) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.putAll(set);
        changed.keySet().removeAll(deleted);
        return changed.equals(values) ? this : new CollectionProperties(changed, now);
    }
}
