package dev.collectionalias.deploy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.support.GeneratedFiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/**
 * Where something else writes Argo CD's ConfigMap, what it is told makes the same one. A stale file is written anew and
 * fails the build, to be committed.
 */
class ArgoCdInstallersTest {

    private static final Path FOLDER = Path.of("deploy/argocd");
    private static final Path OPERATOR = FOLDER.resolve("argocd-operator.yaml");
    private static final Path HELM = FOLDER.resolve("argo-helm-values.yaml");
    private static final String MADE = "# Made from the scripts in resource_customizations, which are the place to change something.\n";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void patchOfArgocdOperatorIsCurrent() {
        GeneratedFiles.assertCurrent(MADE + """
                # The name is that of OpenShift GitOps; kustomization.yaml patches an ArgoCD of any name.
                apiVersion: argoproj.io/v1beta1
                kind: ArgoCD
                metadata:
                  name: openshift-gitops
                spec:
                  resourceHealthChecks:
                """ + items(ArgoCdSettings.healthChecks(), "check") + "  resourceActions:\n"
                + items(ArgoCdSettings.actions(), "action"), OPERATOR);
    }

    private static String items(Stream<ArgoCdSettings> settings, String key) {
        return ArgoCdSettings.indented(settings.map(each -> each.asItem(key)).collect(joining()));
    }

    @Test
    void valuesOfArgoHelmAreCurrent() {
        String entries = Stream.concat(ArgoCdSettings.healthChecks(), ArgoCdSettings.actions())
                .map(ArgoCdSettings::asEntry).collect(joining());

        GeneratedFiles.assertCurrent(MADE + "configs:\n  cm:\n"
                + ArgoCdSettings.indented(ArgoCdSettings.indented(entries)), HELM);
    }

    /** It makes an entry of each item, by group and kind. */
    @Test
    void argocdOperatorMakesTheSameConfigMap() throws IOException {
        JsonNode spec = YAML.readTree(OPERATOR.toFile()).get("spec");
        Map<String, String> made = new HashMap<>();
        spec.get("resourceHealthChecks").forEach(item -> made.put(key("health", item), item.get("check").asText()));
        spec.get("resourceActions").forEach(item -> made.put(key("actions", item), item.get("action").asText()));

        assertThat(made).isEqualTo(configMap());
    }

    private static String key(String subject, JsonNode item) {
        return "resource.customizations.%s.%s_%s".formatted(subject, item.get("group").asText(),
                item.get("kind").asText());
    }

    @Test
    void argoHelmMakesTheSameConfigMap() throws IOException {
        JsonNode values = YAML.readTree(HELM.toFile());

        assertThat(YAML.convertValue(values.at("/configs/cm"), new TypeReference<Map<String, String>>() {
        }))
                .isEqualTo(configMap());
    }

    private static Map<String, String> configMap() throws IOException {
        return Serialization.unmarshal(Files.readString(FOLDER.resolve("argocd-cm.yaml")), ConfigMap.class).getData();
    }
}
