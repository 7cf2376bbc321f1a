package dev.collectionalias.kubernetes;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.Api;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;

/**
 * Passes on a user's change of an object, and no status that the operator wrote. The SDK's own filter looks at the generation only.
 * It would miss the annotations by which users ask for something.
 */
public final class RelevantChange implements OnUpdateFilter<HasMetadata> {

    @Override
    public boolean accept(HasMetadata now, HasMetadata before) {
        ObjectMeta one = now.getMetadata();
        ObjectMeta other = before.getMetadata();
        return !Objects.equals(one.getUid(), other.getUid())
                || !Objects.equals(one.getGeneration(), other.getGeneration())
                || !Objects.equals(one.getDeletionTimestamp(), other.getDeletionTimestamp())
                || !Objects.equals(one.getFinalizers(), other.getFinalizers())
                || !requests(one).equals(requests(other));
    }

    private static Map<String, String> requests(ObjectMeta metadata) {
        Map<String, String> annotations = metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
        return annotations.entrySet().stream().filter(annotation -> annotation.getKey().startsWith(Api.GROUP + "/"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
