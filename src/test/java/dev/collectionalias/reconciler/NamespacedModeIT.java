package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.kubernetes.KindDefinitions;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator may read nothing but its own namespace. */
@ExtendWith(ControlPlaneExtension.class)
class NamespacedModeIT {

    private final InProcessMilvus milvus = new InProcessMilvus();
    private AliasObjects objects;
    private OperatorUnderTest operator;

    @BeforeEach
    void anOperatorUnderARole(ControlPlane controlPlane, TestNamespace namespace) {
        objects = new AliasObjects(namespace);
        milvus.start();
        milvus.accounts().enableAuthorization();
        milvus.state().createCollection("default", "one");
        milvus.state().createCollection("default", "two");
        operator = OperatorUnderTest.startInNamespacedMode(controlPlane, namespace);
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
    }

    @Test
    void theWholeLifeOfAnAlias() {
        objects.secret("milvus", "token", milvus.token());
        objects.connection("default", "{uri: '%s', auth: {secretRef: {name: milvus}}}".formatted(milvus.uri()));
        objects.alias("products", "one");
        objects.awaitReady("products", "one");
        objects.point("products", "two");
        objects.awaitReady("products", "two");

        objects.delete("products");
        objects.awaitGone("products");
        objects.connection("default").delete();

        AliasObjects.await("the connection is gone", () -> assertThat(objects.connection("default").get()).isNull());
        assertThat(milvus.state().target("default", "products")).isEmpty();
    }

    /** It says so in its log when it starts. */
    @Test
    void whetherTheKindsAreLeavingIsKnownWithTheComponentOnly(ControlPlane controlPlane, TestNamespace namespace) {
        assertThat(new KindDefinitions(ShippedRole.account(controlPlane, namespace)).isReadable(CollectionAlias.class))
                .isFalse();

        KubernetesClient account = ShippedRole.namespacedClient(controlPlane, namespace, "safe-deletion");

        KindDefinitions kinds = new KindDefinitions(account);
        assertThat(kinds.isReadable(CollectionAlias.class)).isTrue();
        assertThat(kinds.isLeaving(CollectionAlias.class)).isFalse();
        controlPlane.kubectl("delete", "clusterrolebinding", "collection-alias-operator-safe-deletion");
    }

    @Test
    void clusterConnectionsAreSaidToNeedTheOtherMode() {
        objects.aliasWith("products", "{alias: products, collection: one, connectionRef: "
                + "{kind: ClusterMilvusConnection, name: shared}}");

        assertThat(objects.awaitReason("products", Reason.ConnectionNotFound).message())
                .isEqualTo("ClusterMilvusConnection shared can't be used: cluster connections need an operator in "
                        + "cluster mode, and this one watches some namespaces only (WATCH_NAMESPACES)");

        objects.delete("products");
        objects.awaitGone("products");
    }
}
