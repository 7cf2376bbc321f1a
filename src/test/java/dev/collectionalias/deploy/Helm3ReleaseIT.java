package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.support.Helm.Major;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

class Helm3ReleaseIT extends HelmRelease {

    Helm3ReleaseIT() {
        super(Major.THREE);
    }

    @Test
    @Order(9)
    void anUpgradeGoesOverWhatKubectlHasApplied() {
        applyOtherKindsByKubectl();
        assertThat(shortNames()).contains("ca");

        succeeding(helm("upgrade", RELEASE, CHART));

        assertThat(shortNames()).isEqualTo("[\"calias\"]");
    }

    @Test
    @Order(10)
    void kindsThatKubectlAppliedAreTakenOver() {
        deleteTheReleaseAndTheKinds();
        applyOtherKindsByKubectl();

        succeeding(helm("upgrade", "--install", RELEASE, CHART, "--take-ownership"));

        assertThat(shortNames()).isEqualTo("[\"calias\"]");
    }
}
