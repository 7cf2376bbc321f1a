package dev.collectionalias.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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

/** A namespace that may not be read, because it is gone or its Role is not there yet, stops nobody else's operator. */
@ExtendWith(ControlPlaneExtension.class)
class RefusedNamespaceIT {

    private final InProcessMilvus milvus = new InProcessMilvus();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private TestNamespace home;
    private TestNamespace refused;
    private AliasObjects objects;
    private KubernetesClient account;
    private OperatorUnderTest operator;

    @BeforeEach
    void anAccountThatMayReadOneOfTwo(ControlPlane controlPlane, TestNamespace namespace) {
        home = namespace;
        refused = ControlPlaneExtension.anotherNamespace(controlPlane);
        objects = new AliasObjects(home);
        milvus.start();
        milvus.state().createCollection("default", "one");
        account = ShippedRole.namespacedClient(controlPlane, home);
    }

    @AfterEach
    void stop() {
        if (operator != null) {
            operator.close();
        }
        milvus.close();
    }

    @Test
    void leavesTheOthersAloneAndIsWatchedOnceItMayBe(ControlPlane controlPlane) {
        operator = OperatorUnderTest.start(account, home.name() + "," + refused.name(), Clock.systemUTC(),
                ended::complete);

        objects.connect(milvus);
        objects.alias("products", "one");
        objects.awaitReady("products", "one");
        assertThat(operator.scrape().value("collectionalias_operator_unwatched_namespaces", "")).hasValue(1);

        ShippedRole.letWatch(controlPlane, home, refused);

        assertThat(ended).as("it ends cleanly, to be started anew").succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(0);
    }

    @Test
    void isNoReasonToRunWhereThereIsNoOther() {
        assertThatThrownBy(() -> OperatorUnderTest.start(account, refused.name()))
                .hasMessageContaining("the operator ended with 1");
    }
}
