package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.Test;

/** A server that is upgraded or downgraded while the operator runs is served as what it has become, from the next ping on. */
class ServerUpgradeIT extends AliasStage {

    private static final String SENT_AGAIN = "each switch is sent three times";
    private static final String MARKED = "each switch is confirmed by a property of its collection";
    private static final String UNCLEAR = "what a server of this version needs is not clear";

    ServerUpgradeIT() {
        super(new InProcessMilvus("v2.6.20"));
    }

    @Test
    void upgraded() {
        assertThat(said("v2.6.20")).contains(MARKED).doesNotContain(SENT_AGAIN, UNCLEAR);
        milvus.setVersion("v3.0.0");

        // For ten minutes some proxies may be of the version before.
        assertThat(said("v3.0.0")).contains(MARKED, SENT_AGAIN, UNCLEAR);
        assertThat(callsOfASwitch()).containsExactly(Rpc.ALTER_ALIAS, Rpc.ALTER_ALIAS, Rpc.ALTER_ALIAS,
                Rpc.ALTER_COLLECTION);
    }

    @Test
    void downgraded() {
        said("v2.6.20");
        milvus.setVersion("v2.6.5");

        assertThat(said("v2.6.5")).contains(MARKED, SENT_AGAIN, UNCLEAR);
        assertThat(callsOfASwitch()).containsExactly(Rpc.ALTER_ALIAS, Rpc.ALTER_ALIAS, Rpc.ALTER_ALIAS,
                Rpc.ALTER_COLLECTION);
    }

    @Test
    void downgradedToOneThatIsTooOld() {
        said("v2.6.20");
        milvus.setVersion("v2.3.4");

        objects.awaitConnectionReason("default", Reason.UnsupportedServer);
        milvus.setVersion("v2.6.20");
        objects.awaitConnectionReason("default", Reason.Connected);
    }

    /** What a connection says of the server once it has seen this version. */
    private String said(String version) {
        objects.awaitConnectionReason("default", Reason.Connected);
        AliasObjects.await("the version is " + version,
                () -> assertThat(objects.connection("default").require().getStatus().serverVersion())
                        .isEqualTo(version));
        return objects.connection("default").require().getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(ConditionType.Ready.name())).map(Condition::message)
                .findFirst().orElseThrow();
    }

    private List<Rpc> callsOfASwitch() {
        operator.collections("v1", "v2");
        objects.alias("products", "v1");
        objects.awaitReady("products", "v1");
        milvus.journal().clear();
        objects.point("products", "v2");
        objects.awaitReady("products", "v2");
        return milvus.journal().writes().stream().map(call -> call.rpc()).toList();
    }
}
