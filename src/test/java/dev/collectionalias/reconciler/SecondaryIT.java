package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.RpcCall;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replicated secondary takes its aliases from its primary: the operator observes them, until the cluster is promoted. */
class SecondaryIT extends AliasStage {

    private static final String DB = "default";
    private static final List<String> NAMES = List.of("products", "articles", "reviews");

    @BeforeEach
    void replicated() {
        operator.collections("v1", "v2");
        NAMES.forEach(name -> state.setAlias(DB, name, "v1"));
        milvus.becomeSecondary();
    }

    @Test
    void whatReplicationHasPutRightIsReady() {
        objects.alias("products", "v1");
        objects.awaitReady("products", "v1");
        assertThat(milvus.journal().aliasWrites()).isEmpty();

        state.setAlias(DB, "products", "v2");
        objects.point("products", "v2");

        objects.awaitReady("products", "v2");
    }

    @Test
    void whatReplicationHasNotBroughtSaysSo() {
        objects.alias("products", "v1");
        objects.awaitReady("products", "v1");
        objects.point("products", "v2");

        Condition ready = objects.awaitReason("products", Reason.NotPrimary);

        assertThat(ready.status()).isEqualTo(ConditionStatus.False);
        assertThat(ready.message()).contains("aliases come from the primary by replication");
        AliasObjects.await("the connection says so",
                () -> assertThat(objects.connection("default").require().getStatus()
                        .conditions().getFirst().message()).contains("it is a replicated secondary"));
        state.setAlias(DB, "products", "v2");
        objects.awaitReady("products", "v2");
    }

    /** Asked once for all of them, and not by their own changes. */
    @Test
    void allFollowWithinSecondsOfAPromotion() {
        NAMES.forEach(name -> objects.alias(name, "v1"));
        NAMES.forEach(name -> objects.awaitReady(name, "v1"));
        NAMES.forEach(name -> objects.point(name, "v2"));
        NAMES.forEach(name -> objects.awaitReason(name, Reason.NotPrimary));
        awaitProbe();
        milvus.journal().clear();
        awaitProbe();
        assertThat(Stream.of(Rpc.ALTER_ALIAS, Rpc.CREATE_ALIAS).flatMap(rpc -> calls(rpc).stream())).isEmpty();

        milvus.promote();

        Awaitility.await("all are switched").atMost(Duration.ofSeconds(10)).untilAsserted(
                () -> NAMES.forEach(name -> assertThat(state.target(DB, name)).contains("v2")));
        NAMES.forEach(name -> objects.awaitReady(name, "v2"));
    }

    private void awaitProbe() {
        int before = calls(Rpc.DROP_ALIAS).size();
        AliasObjects.await("a promotion is asked for",
                () -> assertThat(calls(Rpc.DROP_ALIAS)).hasSizeGreaterThan(before));
    }

    private List<RpcCall> calls(Rpc rpc) {
        return milvus.journal().of(rpc);
    }

    @Test
    void anObjectThatIsDeletedLetsGo() {
        objects.alias("products", "v1");
        objects.awaitReady("products", "v1");

        objects.delete("products");

        objects.awaitGone("products");
        objects.awaitEvent("products", Reason.NotPrimary,
                "alias products is left in Milvus: dropAlias products: cluster is "
                        + "not primary, cannot do any DDL/DCL; aliases come from the primary by replication, and are only observed "
                        + "here");
        assertThat(state.target(DB, "products")).contains("v1");
    }
}
