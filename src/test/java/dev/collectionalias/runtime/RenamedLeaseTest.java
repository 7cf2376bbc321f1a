package dev.collectionalias.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.HttpURLConnection;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pod whose lease is called as its Deployment, while there may be pods of a version that called every lease the same. */
@EnableKubernetesMockClient(crud = true)
class RenamedLeaseTest {

    private static final ObjectName LEASE = new ObjectName("shop", "shop-operator");
    private static final String FORMER = "collection-alias-operator";
    private static final String POD = "shop-operator-6b5f4d8c9d-new2x";
    private static final String POD_FROM_BEFORE = "shop-operator-7d9c5b6f4-old1x";
    /** Kubernetes cuts the hash of the ReplicaSet off where the Deployment's name is long. */
    private static final String LONG_POD_FROM_BEFORE = "shop-operator-7d9old2x";
    private static final int LEASE_LASTS = 15;

    private KubernetesClient client;
    private KubernetesMockServer server;
    private final AtomicBoolean leads = new AtomicBoolean();
    private Leadership leadership;

    @AfterEach
    void stop() {
        leadership.close();
    }

    private void elect(String lease) {
        leadership = new Leadership(new ObjectName(LEASE.namespace(), lease), POD, () -> leads.set(true),
                () -> leads.set(false));
        leadership.elect(client);
    }

    private Resource<Lease> lease(String name) {
        return client.leases().inNamespace(LEASE.namespace()).withName(name);
    }

    private void held(String name, String by, ZonedDateTime renewed) {
        client.resource(new LeaseBuilder().withNewMetadata().withNamespace(LEASE.namespace()).withName(name)
                .endMetadata().withNewSpec().withHolderIdentity(by).withLeaseDurationSeconds(LEASE_LASTS)
                .withAcquireTime(renewed).withRenewTime(renewed).withLeaseTransitions(0).endSpec().build()).create();
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }

    private void awaitLeading() {
        await().untilAsserted(() -> assertThat(leads).isTrue());
        assertThat(lease(LEASE.name()).get().getSpec().getHolderIdentity()).isEqualTo(POD);
        assertThat(leadership.holder()).contains(POD);
    }

    @Test
    void waitsForEachPodOfItsDeploymentToGiveTheFormerLeaseBack() {
        held(FORMER, POD_FROM_BEFORE, now());
        elect(LEASE.name());
        await().untilAsserted(() -> assertThat(leadership.holder()).contains(POD_FROM_BEFORE));

        handOn("");
        handOn(LONG_POD_FROM_BEFORE);

        await().untilAsserted(() -> assertThat(leadership.holder()).contains(LONG_POD_FROM_BEFORE));
        assertThat(leads).isFalse();
        assertThat(lease(LEASE.name()).get()).isNull();

        handOn("");

        awaitLeading();
    }

    private void handOn(String to) {
        lease(FORMER).edit(found -> new LeaseBuilder(found).editSpec().withHolderIdentity(to).endSpec().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"collection-alias-operator-7d9c5b6f4-x2x2x", "shop-operator-b-7d9c5b6f4-x2x2x"})
    void anotherDeploymentMayHoldTheFormerLeaseForEver(String pod) {
        held(FORMER, pod, now());

        elect(LEASE.name());

        awaitLeading();
    }

    @Test
    void aFormerLeaseThatIsOverHoldsNothingUp() {
        held(FORMER, POD_FROM_BEFORE, now().minusSeconds(LEASE_LASTS + 1));

        elect(LEASE.name());

        awaitLeading();
    }

    /** Went back to the version before for a while, whose pod leads now. */
    @Test
    void ofTwoLeasesTheOneThatIsNotOverCounts() {
        held(LEASE.name(), "shop-operator-6b5f4d8c9d-gone1", now().minusSeconds(LEASE_LASTS + 1));
        held(FORMER, POD_FROM_BEFORE, now());

        elect(LEASE.name());

        await().untilAsserted(() -> assertThat(leadership.holder()).contains(POD_FROM_BEFORE));
        assertThat(leads).isFalse();
    }

    @Test
    void whoMayNotReadTheFormerLeaseHasNone() {
        server.expect().get().withPath("/apis/coordination.k8s.io/v1/namespaces/shop/leases/" + FORMER)
                .andReturn(HttpURLConnection.HTTP_FORBIDDEN, new StatusBuilder()
                        .withCode(HttpURLConnection.HTTP_FORBIDDEN).withMessage("leases is forbidden").build())
                .always();

        elect(LEASE.name());

        awaitLeading();
    }
}
