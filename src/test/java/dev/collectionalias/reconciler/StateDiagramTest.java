package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;

import dev.collectionalias.plan.cutover.StateDiagram;
import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.Test;

/** The diagram in {@code docs/architecture.md} shows all that cutovers do, and nothing else. */
class StateDiagramTest {

    @Test
    void everyEdgeHasAScenarioAndEveryScenarioGoesAlongEdges() {
        Set<String> drawn = StateDiagram.edges();
        Set<String> walked = walked();

        assertThat(drawn).as("edges without a scenario").isSubsetOf(walked);
        assertThat(walked).as("scenarios that leave the diagram").isSubsetOf(drawn);
    }

    private static Set<String> walked() {
        Set<String> edges = new TreeSet<>();
        for (Scenario scenario : Scenario.all().toList()) {
            try (InProcessMilvus milvus = scenario.startServer();
                    ScenarioStage stage = new ScenarioStage(scenario, milvus)) {
                stage.pass();
                edges.addAll(StateDiagram.edges(stage.states()));
            }
        }
        return edges;
    }
}
