package dev.collectionalias.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects as the operator knows them, written as YAML. */
final class GivenAliases {

    static final String READY = "{type: Ready, status: 'True', reason: InSync, message: all is well}";

    private GivenAliases() {}

    /** @param conditions in flow style, separated by commas */
    static Subject with(String namespace, String name, String conditions) {
        return of(namespace, name, "{alias: %s, collection: %s_v1}".formatted(name, name),
                "{conditions: [%s]}".formatted(conditions));
    }

    static Subject of(String namespace, String name, String spec, String status) {
        return of("""
                metadata: {namespace: %s, name: %s}
                spec: %s
                status: %s
                """.formatted(namespace, name, spec, status));
    }

    static Subject of(String yaml) {
        CollectionAlias alias = Serialization.unmarshal(yaml, CollectionAlias.class);
        return new Subject(new ObjectName(alias.getMetadata().getNamespace(), alias.getMetadata().getName()), 1,
                Instant.EPOCH, Optional.empty(), alias.getSpec(),
                alias.getStatus() == null ? CollectionAliasStatus.EMPTY : alias.getStatus(), new Requests(Map.of()));
    }

    /** Ready ones, called {@code alias_00001} and so on. */
    static List<Subject> many(int count) {
        Subject one = with("shop", "alias", READY);
        return IntStream.rangeClosed(1, count).mapToObj(number -> new Subject(
                new ObjectName("shop", "alias-%05d".formatted(number)), 1, Instant.EPOCH, Optional.empty(), one.spec(),
                one.status(), one.requests())).toList();
    }
}
