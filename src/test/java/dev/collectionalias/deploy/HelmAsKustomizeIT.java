package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.runtime.OperatorConfig.Variable;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart renders to the objects of kustomize's overlays. */
@ExtendWith(ControlPlaneExtension.class)
class HelmAsKustomizeIT {

    /** Helm's own. */
    private static final Set<String> OF_A_RELEASE = Set.of("helm.sh/chart", "helm.sh/resource-policy",
            "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by");

    static Stream<Arguments> overlays() {
        return Stream.of(Arguments.of(List.of("base"), ""),
                Arguments.of(List.of("overlays/cluster"), ""),
                Arguments.of(List.of("overlays/namespaced"), "watchNamespaces={" + HelmChart.NAMESPACE + "}"),
                Arguments.of(List.of("overlays/namespaced", "components/safe-deletion"),
                        "watchNamespaces={" + HelmChart.NAMESPACE + "},rbac.safeDeletion=true"),
                Arguments.of(List.of("overlays/monitoring"), "serviceMonitor.enabled=true,prometheusRule.enabled=true"),
                Arguments.of(List.of("base", "components/network-policy"), "networkPolicy.enabled=true"),
                Arguments.of(List.of("base", "components/page"), "page.enabled=true"));
    }

    /** Apart from what {@link #comparable} names. */
    @ParameterizedTest
    @MethodSource("overlays")
    void rendersToTheObjectsOfKustomize(List<String> parts, String values, ControlPlane controlPlane,
            @TempDir Path overlay) throws IOException {
        List<String> paths = parts.stream()
                .map(part -> overlay.relativize(Path.of("deploy", part).toAbsolutePath()).toString()).toList();
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%s]
                components: %s
                """.formatted(paths.getFirst(), paths.subList(1, paths.size())));
        Outcome kustomized = controlPlane.kubectl("kustomize", overlay.toString());
        assertThat(kustomized.exitCode()).as(kustomized.stderr()).isZero();

        Set<String> ofTheChart = objects(HelmChart.rendered("--set", values));
        Set<String> ofKustomize = objects(kustomized.stdout());

        assertThat(difference(ofTheChart, ofKustomize)).as("only in the chart").isEmpty();
        assertThat(difference(ofKustomize, ofTheChart)).as("only in kustomize").isEmpty();
        assertThat(ofTheChart).anyMatch(line -> line.startsWith("Deployment"));
    }

    private static List<String> difference(Set<String> these, Set<String> others) {
        return these.stream().filter(line -> !others.contains(line)).toList();
    }

    private static Set<String> objects(String yaml) throws IOException {
        Set<String> found = new TreeSet<>();
        for (JsonNode object : HelmChart.documents(yaml)) {
            // `helm install --create-namespace` makes it, if it is not there.
            if (!object.get("kind").asText().equals("Namespace")) {
                leaves("%s %s/%s ".formatted(object.get("kind").asText(),
                        object.at("/metadata/namespace").asText("-"), object.at("/metadata/name").asText()),
                        comparable(object), found);
            }
        }
        return found;
    }

    /**
     * Without what may differ: the labels and annotations of Helm's own; the image's tag, which a chart knows; the variables
     * that say what the operator does anyway; and the own namespace, which a chart knows and kustomize has the kubelet say.
     */
    private static JsonNode comparable(JsonNode object) {
        withoutNamesOfTheRelease(object);
        for (JsonNode container : object.at("/spec/template/spec/containers")) {
            ((ObjectNode) container).put("image", container.get("image").asText().replaceFirst(":[^:/]+$", ""));
            container.get("env").forEach(HelmAsKustomizeIT::nameOwnNamespace);
            List<JsonNode> variables = variables(container.get("env"));
            ((ObjectNode) container).putArray("env").addAll(variables);
        }
        return object;
    }

    private static void withoutNamesOfTheRelease(JsonNode node) {
        node.forEach(HelmAsKustomizeIT::withoutNamesOfTheRelease);
        if (node instanceof ObjectNode object) {
            object.remove(OF_A_RELEASE);
            object.properties().removeIf(entry -> entry.getKey().equals("annotations") && entry.getValue().isEmpty());
        }
    }

    private static void nameOwnNamespace(JsonNode variable) {
        if (variable.get("name").asText().equals("WATCH_NAMESPACES") && variable.has("valueFrom")) {
            ((ObjectNode) variable).remove("valueFrom");
            ((ObjectNode) variable).put("value", HelmChart.NAMESPACE);
        }
    }

    /** By name, as their order means nothing. */
    private static List<JsonNode> variables(JsonNode environment) {
        return StreamSupport.stream(environment.spliterator(), false)
                .filter(variable -> !saysWhatIsSoAnyway(variable))
                .sorted(Comparator.comparing(variable -> variable.get("name").asText())).toList();
    }

    private static boolean saysWhatIsSoAnyway(JsonNode variable) {
        return Arrays.stream(Variable.values()).anyMatch(known -> known.name().equals(variable.get("name").asText())
                && known.defaultValue().equals(variable.path("value").asText(null)));
    }

    /** Each with where it is. */
    private static Set<String> leaves(String path, JsonNode node, Set<String> found) {
        if (node.isValueNode() || node.isEmpty()) {
            found.add(path + " = " + node);
        }
        node.properties().forEach(entry -> leaves(path + "/" + entry.getKey(), entry.getValue(), found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            leaves(path + "/" + i, node.get(i), found);
        }
        return found;
    }
}
