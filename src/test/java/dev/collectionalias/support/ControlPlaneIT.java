package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the other tests take for granted of their control plane. */
@ExtendWith(ControlPlaneExtension.class)
class ControlPlaneIT {

    private static final String ALIAS = """
            apiVersion: collectionalias.dev/v1alpha1
            kind: CollectionAlias
            metadata: {name: products}
            spec: {alias: products, collection: products_v1}
            """;

    @Test
    void servesTheCrds(ControlPlane controlPlane, TestNamespace namespace) {
        Command.Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(), ALIAS, "apply", "-n",
                namespace.name(), "-f", "-");

        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        assertThat(namespace.client().resources(CollectionAlias.class).list().getItems()).hasSize(1);
    }

    @Test
    void everyTestHasANamespaceOfItsOwn(TestNamespace namespace) {
        assertThat(namespace.client().resources(CollectionAlias.class).list().getItems()).isEmpty();
    }

    @Test
    void aServiceAccountMayDoNothingUnlessItIsGranted(ControlPlane controlPlane, TestNamespace namespace) {
        String user = "system:serviceaccount:%s:operator".formatted(namespace.name());
        Path kubeconfig = controlPlane.kubeconfig(user);
        try (KubernetesClient client = controlPlane.clientFor(user)) {
            assertThatThrownBy(() -> client.resources(CollectionAlias.class).inNamespace(namespace.name()).list())
                    .isInstanceOf(KubernetesClientException.class).hasMessageContaining(user);
        }
        assertThat(controlPlane.kubectlAs(kubeconfig, "", "auth", "whoami").stdout()).contains(user,
                "system:serviceaccounts:" + namespace.name());
    }

    @Test
    void theApiServerComesBackWithWhatItStored(ControlPlane controlPlane, TestNamespace namespace) {
        controlPlane.stopApiServer();
        assertThat(controlPlane.kubectl("get", "namespaces").exitCode()).isNotZero();

        controlPlane.startApiServer();

        assertThat(controlPlane.client().namespaces().withName(namespace.name()).get()).isNotNull();
    }
}
