package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.reconciler.AliasPass.End;
import dev.collectionalias.support.InProcessMilvus;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The health checks for Argo CD are tested with objects that the operator writes. A file with the name of a scenario is the
 * object as that scenario leaves it. This test writes a stale file anew and fails, so that somebody commits it.
 */
class ArgoCdTestdataTest {

    private static final Path TESTDATA = Path
            .of("deploy/argocd/resource_customizations/collectionalias.dev/CollectionAlias/testdata");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES).disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    static Stream<Scenario> scenarios() {
        return Scenario.all().filter(scenario -> Files.exists(file(scenario)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isWhatTheOperatorWrites(Scenario scenario) throws IOException {
        String fresh = play(scenario);
        String committed = Files.readString(file(scenario));
        if (!committed.equals(fresh)) {
            Files.writeString(file(scenario), fresh);
        }
        assertThat(committed)
                .as("%s was stale and has been written anew: look at the change and commit it", file(scenario))
                .isEqualTo(fresh);
    }

    private static Path file(Scenario scenario) {
        return TESTDATA.resolve(scenario.name() + ".yaml");
    }

    private static String play(Scenario scenario) throws IOException {
        try (InProcessMilvus milvus = scenario.startServer();
                ScenarioStage stage = new ScenarioStage(scenario, milvus)) {
            CollectionAlias object = scenario.objects(milvus).getFirst();
            End end = stage.pass();
            CollectionAliasStatus status = stage.outcome(end).status();
            object.setStatus(status);
            object.getMetadata().setResourceVersion("4711");
            return YAML.writeValueAsString(YAML.readTree(Serialization.asJson(object)))
                    .replace(Endpoint.of(milvus.uri()).toString(), "milvus.milvus:19530");
        }
    }
}
