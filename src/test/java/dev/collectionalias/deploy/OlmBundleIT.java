package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.GoModule;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What OLM is given is of its kind. OLM itself does not run here. */
@ExtendWith(ControlPlaneExtension.class)
class OlmBundleIT {

    private static final String CSV = "deploy/olm/bundle/manifests/collection-alias-operator.clusterserviceversion.yaml";

    @Test
    void aRealApiServerTakesItByOlmsOwnSchema(ControlPlane controlPlane, TestNamespace namespace) {
        Path kinds = GoModule.named("olm").download("github.com/operator-framework/api").resolve("crds");
        Outcome installed = controlPlane.kubectl("apply", "--server-side", "-f",
                kinds.resolve("operators.coreos.com_clusterserviceversions.yaml").toString());
        assertThat(installed.exitCode()).as(installed.stderr()).isZero();

        AliasObjects.await("the kind is served", () -> {
            Outcome applied = controlPlane.kubectl("-n", namespace.name(), "apply", "--dry-run=server",
                    "--validate=strict", "-f", CSV);
            assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        });
    }
}
