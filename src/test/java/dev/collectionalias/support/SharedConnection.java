package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** A ClusterMilvusConnection, written and read as an administrator does. */
public final class SharedConnection {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final String name;

    private SharedConnection(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    public static SharedConnection create(KubernetesClient client, String name, String spec) {
        client.resource(AliasObjects.parse(ClusterMilvusConnection.class, name, spec)).create();
        return new SharedConnection(client, name);
    }

    public String name() {
        return name;
    }

    public void allow(String... rules) {
        patch("{allow: [%s]}".formatted(String.join(", ", rules)));
    }

    public void patch(String spec) {
        resource().patch(MERGE, AliasObjects.json("spec: %s".formatted(spec)));
    }

    public void delete() {
        resource().delete();
    }

    public ClusterMilvusConnection get() {
        return resource().require();
    }

    public void awaitReason(Reason reason) {
        AliasObjects.await(name + " says " + reason, () -> assertThat(AliasObjects.condition(get(), ConditionType.Ready)
                .map(Condition::reason)).as(AliasObjects.describe(get())).contains(reason.name()));
    }

    /** Returns when the connection, being deleted, says this. */
    public void awaitKept(String message) {
        AliasObjects.await(name + " says why it stays",
                () -> assertThat(AliasObjects.condition(get(), ConditionType.Reconciling).map(Condition::message))
                        .as(AliasObjects.describe(get())).contains(message));
    }

    public void awaitGone() {
        AliasObjects.await(name + " is gone",
                () -> assertThat(resource().get()).as(() -> AliasObjects.describe(resource().get())).isNull());
    }

    private Resource<ClusterMilvusConnection> resource() {
        return client.resources(ClusterMilvusConnection.class).withName(name);
    }
}
