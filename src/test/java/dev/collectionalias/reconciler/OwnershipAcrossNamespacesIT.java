package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An alias moves to another team: its manifest goes from one namespace to another. */
@ExtendWith(ControlPlaneExtension.class)
class OwnershipAcrossNamespacesIT {

    private final InProcessMilvus milvus = new InProcessMilvus();
    private AliasObjects old;
    private AliasObjects moved;
    private OperatorUnderTest operator;
    private String oldNamespace;

    @BeforeEach
    void anAliasInOneOfTwoNamespaces(ControlPlane controlPlane, TestNamespace namespace) {
        TestNamespace other = ControlPlaneExtension.anotherNamespace(controlPlane);
        milvus.start();
        milvus.state().createCollection("default", "products_v1");
        milvus.state().createCollection("default", "products_v2");
        oldNamespace = namespace.name();
        old = new AliasObjects(namespace);
        moved = new AliasObjects(other);
        old.connect(milvus);
        moved.connect(milvus);
        operator = OperatorUnderTest.start(controlPlane, namespace.name() + "," + other.name());
        old.alias("products", "products_v1");
        old.awaitReady("products", "products_v1");
        milvus.journal().clear();
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
    }

    @Test
    void theNewcomerIsToldInWhichNamespaceTheOwnerIs() {
        moved.alias("products", "products_v2");

        Condition ready = moved.awaitReason("products", Reason.Conflict);

        assertThat(ready.message()).contains("CollectionAlias " + oldNamespace + "/products");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void theMoveLeavesNoGap() {
        moved.alias("products", "products_v1");
        moved.awaitReason("products", Reason.Conflict);

        old.delete("products");
        old.awaitGone("products");
        CollectionAlias ready = moved.awaitReady("products", "products_v1");

        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("HandedOver");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }
}
