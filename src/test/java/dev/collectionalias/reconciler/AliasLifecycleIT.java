package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job: an alias is created, follows its spec and is dropped. */
@ExtendWith(ControlPlaneExtension.class)
class AliasLifecycleIT {

    private final InProcessMilvus milvus = new InProcessMilvus();
    private AliasObjects objects;
    private OperatorUnderTest operator;

    @BeforeEach
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        milvus.state().createCollection("default", "products_v1");
        milvus.state().createCollection("default", "products_v2");
        milvus.state().load("default", "products_v1");
        milvus.state().load("default", "products_v2");
        objects = new AliasObjects(namespace);
        objects.connect(milvus);
        operator = OperatorUnderTest.start(controlPlane, namespace.name());
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
    }

    @Test
    void appliedAliasIsCreated() {
        objects.alias("products", "products_v1");

        CollectionAlias ready = objects.awaitReady("products", "products_v1");

        assertThat(milvus.state().target("default", "products")).contains("products_v1");
        assertThat(ready.getStatus().owned()).isTrue();
        assertThat(objects.condition("products", ConditionType.Serving)).get().extracting("status").hasToString("True");
    }

    @Test
    void changedCollectionIsSwitchedToByOneAlter() {
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");
        milvus.journal().clear();

        objects.point("products", "products_v2");
        CollectionAlias ready = objects.awaitReady("products", "products_v2");

        assertThat(milvus.state().target("default", "products")).contains("products_v2");
        assertThat(milvus.journal().aliasWrites()).extracting("rpc").containsExactly(Rpc.ALTER_ALIAS);
        assertThat(ready.getStatus().previous().collection()).isEqualTo("products_v1");
        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("SpecChanged", "Created");
    }

    @Test
    void deletedObjectTakesItsAliasAlong() {
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(milvus.state().target("default", "products")).isEmpty();
    }
}
