package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/** The lease that says which of several operators leads. */
public record OperatorLease(KubernetesClient client) {

    public static final String NAMESPACE = "collection-alias-system";

    private Resource<Lease> lease() {
        return client.leases().inNamespace(NAMESPACE).withName("collection-alias-operator");
    }

    /** Null if nobody ever held it. */
    public String holder() {
        Lease lease = lease().get();
        return lease == null ? null : lease.getSpec().getHolderIdentity();
    }

    public Instant renewed() {
        return lease().get().getSpec().getRenewTime().toInstant();
    }

    public void awaitHolder(String identity) {
        AliasObjects.await(identity + " holds the lease", () -> assertThat(holder()).isEqualTo(identity));
    }

    /** What a test before left: a killed leader's lease would have to expire first. */
    public void forget() {
        lease().delete();
    }
}
