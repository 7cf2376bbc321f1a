package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.Helm.Major;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** It applies on the server, where what kubectl has applied is kubectl's until it is told to take that, too. */
class Helm4ReleaseIT extends HelmRelease {

    Helm4ReleaseIT() {
        super(Major.FOUR);
    }

    @Test
    @Order(9)
    void anUpgradeStopsAtWhatKubectlHasAppliedUnlessItIsForced() {
        applyOtherKindsByKubectl();

        assertConflict(helm("upgrade", RELEASE, CHART));
        succeeding(helm("upgrade", RELEASE, CHART, "--force-conflicts"));

        assertThat(shortNames()).isEqualTo("[\"calias\"]");
    }

    @Test
    @Order(10)
    void kindsThatKubectlAppliedAreTakenOverWhereItIsForced() {
        deleteTheReleaseAndTheKinds();
        applyOtherKindsByKubectl();

        assertConflict(helm("upgrade", "--install", RELEASE, CHART, "--take-ownership"));
        succeeding(helm("upgrade", "--install", RELEASE, CHART, "--take-ownership", "--force-conflicts"));

        assertThat(shortNames()).isEqualTo("[\"calias\"]");
    }

    private static void assertConflict(Outcome outcome) {
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.stderr()).contains("conflict with \"kubectl-client-side-apply\"", ".spec.names.shortNames")
                .doesNotContain(".spec.versions");
    }
}
