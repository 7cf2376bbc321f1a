package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.collectionalias.reconciler.AliasPass.End;
import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each directory under {@code scenarios} is one behaviour of one pass. */
class ScenariosTest {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @TestFactory
    Stream<DynamicTest> scenarios() {
        return Scenario.all().map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> play(scenario)));
    }

    private static void play(Scenario scenario) {
        assertThat(scenario.unexpectedFiles()).as("files that nothing reads").isEmpty();
        try (InProcessMilvus milvus = scenario.startServer();
                ScenarioStage stage = new ScenarioStage(scenario, milvus)) {
            JsonNode expected = scenario.expected(milvus);

            End end = stage.pass();

            JsonNode actual = JSON.valueToTree(stage.outcome(end));
            Subset.assertContains(actual, expected);
            assertThat(milvus.journal().namingTheDefaultDatabase()).isEmpty();
        }
    }
}
