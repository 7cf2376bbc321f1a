package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.docs.Page;
import dev.collectionalias.runtime.OperatorConfig.Variable;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.GeneratedFiles;
import dev.collectionalias.support.Helm;
import dev.collectionalias.support.Helm.Major;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart renders to: the objects of kustomize's overlays, each value where it belongs, and a mistake said clearly. */
@ExtendWith(ControlPlaneExtension.class)
class HelmTemplateIT {

    private static final String CHART = "deploy/helm";
    private static final String NAMESPACE = "collection-alias-system";
    private static final Path GOLDEN = Path.of("src/test/resources/helm");
    private static final String EVERYTHING = GOLDEN.resolve("everything.values.yaml").toString();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Helm's own. */
    private static final Set<String> OF_A_RELEASE = Set.of("helm.sh/chart", "helm.sh/resource-policy",
            "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by");

    private static final Map<Major, Helm> HELMS = new EnumMap<>(Major.class);

    @BeforeAll
    static void findHelm() {
        for (Major major : Major.values()) {
            HELMS.put(major, Helm.find(major));
        }
    }

    private static Outcome render(String... values) {
        List<String> line = new ArrayList<>(
                List.of("template", "collection-alias-operator", CHART, "--namespace", NAMESPACE));
        line.addAll(List.of(values));
        return HELMS.get(Major.THREE).run(line.toArray(String[]::new));
    }

    private static String rendered(String... values) {
        Outcome outcome = render(values);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome.stdout();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/helm/values.yaml", "src/test/resources/helm/everything.values.yaml"})
    void isLintedStrictly(String values) {
        Outcome lint = HELMS.get(Major.THREE).run("lint", "--strict", CHART, "--values", values);

        assertThat(lint.exitCode()).as(lint.stdout() + lint.stderr()).isZero();
    }

    static Stream<Arguments> overlays() {
        return Stream.of(Arguments.of(List.of("base"), ""),
                Arguments.of(List.of("overlays/cluster"), ""),
                Arguments.of(List.of("overlays/namespaced"), "watchNamespaces={" + NAMESPACE + "}"),
                Arguments.of(List.of("overlays/namespaced", "components/safe-deletion"),
                        "watchNamespaces={" + NAMESPACE + "},rbac.safeDeletion=true"),
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

        Set<String> ofTheChart = objects(rendered("--set", values));
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
        for (JsonNode object : documents(yaml)) {
            // `helm install --create-namespace` makes it, if it is not there.
            if (!object.get("kind").asText().equals("Namespace")) {
                leaves("%s %s/%s ".formatted(object.get("kind").asText(),
                        object.at("/metadata/namespace").asText("-"), object.at("/metadata/name").asText()),
                        comparable(object), found);
            }
        }
        return found;
    }

    private static List<JsonNode> documents(String yaml) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll().stream()
                .filter(JsonNode::isObject).toList();
    }

    /**
     * Without what may differ: the labels and annotations of Helm's own; the image's tag, which a chart knows; the variables
     * that say what the operator does anyway; and the own namespace, which a chart knows and kustomize has the kubelet say.
     */
    private static JsonNode comparable(JsonNode object) {
        withoutNamesOfTheRelease(object);
        for (JsonNode container : object.at("/spec/template/spec/containers")) {
            ((ObjectNode) container).put("image", container.get("image").asText().replaceFirst(":[^:/]+$", ""));
            container.get("env").forEach(HelmTemplateIT::nameOwnNamespace);
            List<JsonNode> variables = variables(container.get("env"));
            ((ObjectNode) container).putArray("env").addAll(variables);
        }
        return object;
    }

    private static void withoutNamesOfTheRelease(JsonNode node) {
        node.forEach(HelmTemplateIT::withoutNamesOfTheRelease);
        if (node instanceof ObjectNode object) {
            object.remove(OF_A_RELEASE);
            object.properties().removeIf(entry -> entry.getKey().equals("annotations") && entry.getValue().isEmpty());
        }
    }

    private static void nameOwnNamespace(JsonNode variable) {
        if (variable.get("name").asText().equals("WATCH_NAMESPACES") && variable.has("valueFrom")) {
            ((ObjectNode) variable).remove("valueFrom");
            ((ObjectNode) variable).put("value", NAMESPACE);
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

    /** The CRDs are left out here; they are compared with kustomize's above. */
    @Test
    void defaultsRenderAsTheyDid() {
        GeneratedFiles.assertCurrent(rendered("--set", "crds.install=false"), GOLDEN.resolve("default.yaml"));
    }

    @Test
    void everythingRendersAsItDid() {
        GeneratedFiles.assertCurrent(rendered("--values", EVERYTHING), GOLDEN.resolve("everything.yaml"));
    }

    /** So that no value is forgotten in what is rendered, linted and installed with everything. */
    @Test
    void everythingIsEachValueOtherThanByDefault() throws IOException {
        JsonNode everything = YAML.readTree(Path.of(EVERYTHING).toFile());
        JsonNode defaults = YAML.readTree(Path.of(CHART, "values.yaml").toFile());
        // Where the other value would leave something out, it has a test of its own.
        Set<String> same = Set.of("/leaderElection", "/serviceAccount/create", "/rbac/create", "/userRoles/create",
                "/enabled");

        assertThat(paths("", defaults)).allSatisfy(path -> {
            assertThat(everything.at(path).isMissingNode()).as(path).isFalse();
            if (!same.contains(path)) {
                assertThat(everything.at(path)).as(path).isNotEqualTo(defaults.at(path));
            }
        });
    }

    private static List<String> paths(String prefix, JsonNode group) {
        Set<String> groups = Set.of("image", "page", "serviceAccount", "rbac", "userRoles", "crds",
                "podDisruptionBudget",
                "serviceMonitor", "prometheusRule", "networkPolicy");
        return group.properties().stream().flatMap(entry -> groups.contains(entry.getKey())
                ? paths(prefix + "/" + entry.getKey(), entry.getValue()).stream()
                : Stream.of(prefix + "/" + entry.getKey())).toList();
    }

    @Test
    void eachVariableOfTheOperatorIsAValue() throws IOException {
        JsonNode deployment = documents(rendered("--values", EVERYTHING)).stream()
                .filter(object -> object.get("kind").asText().equals("Deployment")).findFirst().orElseThrow();
        List<String> set = deployment.at("/spec/template/spec/containers/0/env").findValuesAsText("name");

        // Kubernetes sets HOSTNAME by itself.
        assertThat(set).containsAll(Arrays.stream(Variable.values()).filter(variable -> variable != Variable.HOSTNAME)
                .map(Variable::name).toList());
    }

    @Test
    void whatIsSwitchedOffIsNotThere() throws IOException {
        String yaml = rendered("--set",
                "crds.install=false,rbac.create=false,userRoles.create=false,serviceAccount.create=false,leaderElection=false");

        assertThat(documents(yaml)).singleElement().satisfies(deployment -> {
            assertThat(deployment.get("kind").asText()).isEqualTo("Deployment");
            assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
            assertThat(deployment.at("/spec/template/spec/serviceAccountName").asText()).isEqualTo("default");
        });
    }

    /** Otherwise the second of them would stand by for ever. */
    @Test
    void eachReleaseOfANamespaceHasALeaseOfItsOwn() throws IOException {
        String second = HELMS.get(Major.THREE).runOrFail("template", "shop", CHART, "--namespace", NAMESPACE, "--set",
                "crds.install=false,userRoles.create=false");

        assertThat(leaseOf(rendered("--set", "crds.install=false"))).isEqualTo("collection-alias-operator");
        assertThat(leaseOf(second)).isEqualTo("shop-collection-alias-operator");
    }

    private static String leaseOf(String yaml) throws IOException {
        return documents(yaml).stream().flatMap(
                object -> variables(object.at("/spec/template/spec/containers/0/env")).stream())
                .filter(variable -> variable.get("name").asText().equals("LEASE_NAME"))
                .map(variable -> variable.get("value").asText()).findFirst()
                .orElse(Variable.LEASE_NAME.defaultValue());
    }

    @Test
    void aTeamInstallsNothingOfTheCluster() throws IOException {
        String yaml = rendered("--set", "watchNamespaces={my-team},crds.install=false,userRoles.create=false");

        assertThat(documents(yaml)).isNotEmpty().allSatisfy(
                object -> assertThat(object.at("/metadata/namespace").asText()).as(object.toString()).isNotEmpty());
    }

    /** Argo CD heeds the annotation of Helm when an Application is deleted, not when it prunes. Flux heeds its own only. */
    @Test
    void whatAliasesDependOnIsKeptByEveryToolThatDeletes() throws IOException {
        List<JsonNode> kept = documents(rendered("--values", EVERYTHING, "--set", "crds.install=true")).stream()
                .filter(object -> object.get("kind").asText().matches("CustomResourceDefinition|.*MilvusConnection"))
                .map(object -> object.at("/metadata/annotations")).toList();

        assertThat(kept).hasSize(5).allSatisfy(annotations -> {
            assertThat(annotations.get("helm.sh/resource-policy").asText()).isEqualTo("keep");
            assertThat(annotations.get("argocd.argoproj.io/sync-options").asText())
                    .endsWith("Prune=false,Delete=false");
            assertThat(annotations.get("kustomize.toolkit.fluxcd.io/prune").asText()).isEqualTo("disabled");
        });
    }

    /** Apart from empty lines. */
    @ParameterizedTest
    @ValueSource(strings = {"deploy/helm/values.yaml", "src/test/resources/helm/everything.values.yaml"})
    void rendersToTheSameByHelm4(String values) throws IOException {
        String yaml = HELMS.get(Major.FOUR).runOrFail("template", "collection-alias-operator", CHART, "--namespace",
                NAMESPACE, "--values", values);

        assertThat(documents(yaml)).isNotEmpty().isEqualTo(documents(rendered("--values", values)));
    }

    static Stream<Arguments> conditions() {
        return Stream.of(Arguments.of("", Set.of("shop-collection-alias-operator")),
                Arguments.of("second.enabled=true", Set.of("shop-collection-alias-operator", "shop-second")),
                Arguments.of("second.enabled=true,collection-alias-operator.enabled=false", Set.of("shop-second")),
                Arguments.of("collection-alias-operator.enabled=false", Set.of()));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void aParentChartTakesItInByACondition(String values, Set<String> deployments, @TempDir Path parent)
            throws IOException {
        String documented = Page.read(Path.of(CHART, "README.md")).blocks().stream().map(Page.Block::code)
                .filter(code -> code.contains("dependencies:")).findFirst().orElseThrow();
        String second = """
                - name: collection-alias-operator
                  alias: second
                  version: "*"
                  repository: file://../collection-alias-operator/deploy/helm
                  condition: second.enabled
                """;
        Files.writeString(parent.resolve("Chart.yaml"),
                (documented + second).replace("../collection-alias-operator/deploy/helm",
                        Path.of(CHART).toAbsolutePath().toString()));
        Files.writeString(parent.resolve("values.yaml"), """
                global: {imagePullSecrets: [registry]}
                second: {enabled: false}
                """);
        for (Helm helm : HELMS.values()) {
            helm.runOrFail("dependency", "build", parent.toString());
            List<JsonNode> found = documents(helm.runOrFail("template", "shop", parent.toString(), "--set", values))
                    .stream().filter(object -> object.get("kind").asText().equals("Deployment")).toList();

            assertThat(found).extracting(deployment -> deployment.at("/metadata/name").asText())
                    .containsExactlyInAnyOrderElementsOf(deployments);
            assertThat(found).allSatisfy(deployment -> assertThat(
                    deployment.at("/spec/template/spec/imagePullSecrets/0/name").asText()).isEqualTo("registry"));
        }
    }

    /** A template of the same name in another chart of a parent's would take its place. */
    @Test
    void noTemplateIsCalledAsOneOfAnotherChart() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> templates = Files.newDirectoryStream(Path.of(CHART, "templates"))) {
            for (Path template : templates) {
                Matcher define = Pattern.compile("define \"([^\"]+)\"").matcher(Files.readString(template));
                define.results().forEach(found -> names.add(found.group(1)));
            }
        }

        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(name).startsWith("collection-alias-operator."));
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
        Outcome outcome = render("--set", values);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.stderr()).contains(message);
    }
}
