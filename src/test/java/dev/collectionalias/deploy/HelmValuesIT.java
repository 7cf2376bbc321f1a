package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.collectionalias.runtime.OperatorConfig.Variable;
import dev.collectionalias.support.Command.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value goes where it belongs, and a mistake is said clearly. */
class HelmValuesIT {

    @Test
    void eachVariableOfTheOperatorIsAValue() throws IOException {
        JsonNode deployment = HelmChart.documents(HelmChart.rendered("--values", HelmChart.EVERYTHING)).stream()
                .filter(object -> object.get("kind").asText().equals("Deployment")).findFirst().orElseThrow();
        List<String> set = deployment.at("/spec/template/spec/containers/0/env").findValuesAsText("name");

        // Kubernetes sets HOSTNAME by itself.
        assertThat(set).containsAll(Arrays.stream(Variable.values()).filter(variable -> variable != Variable.HOSTNAME)
                .map(Variable::name).toList());
    }

    @Test
    void whatIsSwitchedOffIsNotThere() throws IOException {
        String yaml = HelmChart.rendered("--set",
                "crds.install=false,rbac.create=false,userRoles.create=false,serviceAccount.create=false,leaderElection=false");

        assertThat(HelmChart.documents(yaml)).singleElement().satisfies(deployment -> {
            assertThat(deployment.get("kind").asText()).isEqualTo("Deployment");
            assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
            assertThat(deployment.at("/spec/template/spec/serviceAccountName").asText()).isEqualTo("default");
        });
    }

    /** Otherwise the second of them would stand by for ever. */
    @Test
    void eachReleaseOfANamespaceHasALeaseOfItsOwn() throws IOException {
        String second = HelmChart.HELM.runOrFail("template", "shop", HelmChart.PATH, "--namespace", HelmChart.NAMESPACE,
                "--set",
                "crds.install=false,userRoles.create=false");

        assertThat(leaseOf(HelmChart.rendered("--set", "crds.install=false"))).isEqualTo("collection-alias-operator");
        assertThat(leaseOf(second)).isEqualTo("shop-collection-alias-operator");
    }

    private static String leaseOf(String yaml) throws IOException {
        return HelmChart.documents(yaml).stream().flatMap(
                object -> StreamSupport.stream(object.at("/spec/template/spec/containers/0/env").spliterator(), false))
                .filter(variable -> variable.get("name").asText().equals("LEASE_NAME"))
                .map(variable -> variable.get("value").asText()).findFirst()
                .orElse(Variable.LEASE_NAME.defaultValue());
    }

    @Test
    void aTeamInstallsNothingOfTheCluster() throws IOException {
        String yaml = HelmChart.rendered("--set",
                "watchNamespaces={my-team},crds.install=false,userRoles.create=false");

        assertThat(HelmChart.documents(yaml)).isNotEmpty().allSatisfy(
                object -> assertThat(object.at("/metadata/namespace").asText()).as(object.toString()).isNotEmpty());
    }

    /** Argo CD heeds the annotation of Helm when an Application is deleted, not when it prunes. Flux heeds its own only. */
    @Test
    void whatAliasesDependOnIsKeptByEveryToolThatDeletes() throws IOException {
        List<JsonNode> kept = HelmChart
                .documents(HelmChart.rendered("--values", HelmChart.EVERYTHING, "--set", "crds.install=true")).stream()
                .filter(object -> object.get("kind").asText().matches("CustomResourceDefinition|.*MilvusConnection"))
                .map(object -> object.at("/metadata/annotations")).toList();

        assertThat(kept).hasSize(5).allSatisfy(annotations -> {
            assertThat(annotations.get("helm.sh/resource-policy").asText()).isEqualTo("keep");
            assertThat(annotations.get("argocd.argoproj.io/sync-options").asText())
                    .endsWith("Prune=false,Delete=false");
            assertThat(annotations.get("kustomize.toolkit.fluxcd.io/prune").asText()).isEqualTo("disabled");
        });
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(Arguments.of("loglevel=debug", "additional properties 'loglevel' not allowed"),
                Arguments.of("image.registry=example.com", "additional properties 'registry' not allowed"),
                Arguments.of("logLevel=verbose", "'error', 'warn', 'info', 'debug', 'trace'"),
                Arguments.of("watchNamespaces=team-a", "at '/watchNamespaces': got string, want array"),
                Arguments.of("leaseName=Shop", "at '/leaseName': 'Shop' does not match pattern"),
                Arguments.of("httpPort=0", "at '/httpPort': minimum: got 0, want 1"),
                Arguments.of("page.enabled=true,httpPort=8081", "page.port must be another one than httpPort"),
                Arguments.of("prometheusRule.runbookBaseUrl=docs",
                        "at '/prometheusRule/runbookBaseUrl': 'docs' does not"),
                Arguments.of("stopTimeout=soon", "at '/stopTimeout': 'soon' does not match pattern"),
                Arguments.of("enabled=false", "condition: collection-alias-operator.enabled"),
                Arguments.of("podLabels.app\\.kubernetes\\.io/instance=x",
                        "the label app.kubernetes.io/instance is the chart's own"),
                Arguments.of("commonLabels.helm\\.sh/chart=x", "the label helm.sh/chart is the chart's own"),
                Arguments.of("replicas=2,leaderElection=false", "leaderElection must be true where replicas is more"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsSaid(String values, String message) {
        Outcome outcome = HelmChart.render("--set", values);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.stderr()).contains(message);
    }
}
