package dev.collectionalias.deploy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.support.GeneratedFiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/**
 * Holds what is patched into Argo CD's ConfigMap against the scripts. A stale file is written anew and fails the build, to
 * be committed.
 */
class ArgoCdConfigMapTest {

    private static final Path FILE = Path.of("deploy/argocd/argocd-cm.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void committedPatchIsCurrent() {
        GeneratedFiles.assertCurrent("""
                # Made from the scripts in resource_customizations, which are the place to change something.
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: argocd-cm
                data:
                """ + ArgoCdSettings.indented(Stream.concat(ArgoCdSettings.healthChecks(), ArgoCdSettings.actions())
                .map(ArgoCdSettings::asEntry).collect(joining())), FILE);
    }

    /** Read in the two steps in which Argo CD reads it. */
    @Test
    void holdsTheScriptsOfEachKind() throws IOException {
        Map<String, String> data = Serialization.unmarshal(Files.readString(FILE), ConfigMap.class).getData();
        Map<String, String> expected = new TreeMap<>();
        ArgoCdKind.all().forEach(kind -> expected.put(key("health", kind), kind.healthCheck().source()));
        ArgoCdKind.all().filter(ArgoCdKind::hasActions)
                .forEach(kind -> expected.put(key("actions", kind), data.get(key("actions", kind))));

        assertThat(data).isEqualTo(expected);
        for (ArgoCdKind kind : ArgoCdKind.all().filter(ArgoCdKind::hasActions).toList()) {
            JsonNode actions = YAML.readTree(data.get(key("actions", kind)));
            assertThat(actions.get("discovery.lua").asText()).isEqualTo(kind.discovery().source());
            assertThat(actions.get("definitions")).hasSameSizeAs(kind.actions())
                    .allSatisfy(action -> assertThat(action.get("action.lua").asText())
                            .isEqualTo(kind.action(action.get("name").asText()).source()));
        }
    }

    private static String key(String what, ArgoCdKind kind) {
        return "resource.customizations.%s.%s_%s".formatted(what, Api.GROUP, kind.name());
    }
}
