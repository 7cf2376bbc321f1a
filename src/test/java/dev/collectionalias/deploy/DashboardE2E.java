package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.Prometheus;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Prometheus scrapes the operator while aliases live, and the dashboard and the alerts find what they ask for. */
@ExtendWith(ControlPlaneExtension.class)
class DashboardE2E {

    private static final Path DASHBOARD = Path.of("deploy/monitoring/dashboard.json");
    private static final String DATABASE = "default";

    private final MilvusLite milvus = new MilvusLite();
    private MilvusCollections collections;
    private MilvusAliases aliases;
    private AliasObjects objects;
    private OperatorJvm operator;
    private Prometheus prometheus;

    @BeforeEach
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        for (String collection : List.of("products_v1", "products_v2")) {
            collections.create(DATABASE, collection, 1);
            collections.load(DATABASE, collection);
            collections.awaitSearchable(DATABASE, collection);
        }
        objects = new AliasObjects(namespace);
        objects.connect(milvus);
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        prometheus = Prometheus.scraping(operator);
    }

    @AfterEach
    void stop() {
        prometheus.close();
        operator.close();
        collections.close();
        aliases.close();
        milvus.close();
    }

    @Test
    void noQueryOfTheDashboardOrTheAlertsIsEmptyAfterAnAliasLived() throws IOException {
        List<String> queries = Stream.concat(ofTheDashboard(), ofTheAlerts()).toList();

        live();

        List<String> empty = new ArrayList<>(queries);
        AliasObjects.await("every query finds something", () -> {
            empty.removeIf(query -> !prometheus.query(query).isEmpty());
            assertThat(empty).isEmpty();
        });
        AliasObjects.await("the conflict is pending, and nothing else", () -> assertThat(prometheus.rules())
                .filteredOn(rule -> !rule.path("state").asText().equals("inactive"))
                .extracting(rule -> rule.path("name").asText()).containsExactly("CollectionAliasConflict"));
        assertThat(prometheus.rules())
                .allSatisfy(rule -> assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok"));

        objects.delete("rival");
        objects.delete("products");
        objects.awaitGone("products");
        AliasObjects.await("nothing is left of them", () -> assertThat(
                prometheus.query("{__name__=~\"collectionalias_.*\", name!=\"\"}")).isEmpty());
    }

    /** What a counter did is seen only between two scrapes. */
    private void live() {
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");
        awaitSwitches(1);
        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");
        awaitSwitches(2);
        aliases.drop("products");
        AliasObjects.await("the drift is corrected", () -> assertThat(aliases.target("products"))
                .contains("products_v2"));
        awaitSwitches(3);
        objects.aliasWith("rival", "{alias: products, collection: products_v1}");
        objects.awaitReason("rival", Reason.Conflict);
    }

    private void awaitSwitches(int count) {
        AliasObjects.await(count + " switches are scraped", () -> assertThat(
                prometheus.query("sum(collectionalias_switch_total{name=\"products\"}) == " + count)).isNotEmpty());
    }

    private static Stream<String> ofTheDashboard() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Stream<String> panels = list(dashboard.get("panels"))
                .flatMap(panel -> list(panel.get("targets"))).map(target -> target.get("expr").asText()
                        .replace("$namespace", ".*").replace("$__rate_interval", "1m"));
        Stream<String> variables = list(dashboard.at("/templating/list"))
                .map(variable -> variable.get("query").asText()).filter(query -> query.startsWith("label_values("))
                .map(query -> query.replaceFirst("label_values\\((\\w+), (\\w+)\\)", "$1{$2!=\"\"}"));
        List<String> queries = Stream.concat(panels, variables).toList();
        assertThat(queries).hasSizeGreaterThan(20).noneMatch(query -> query.contains("$"));
        return queries.stream();
    }

    /** Without what they are compared to, and whatever the reason and the code: those that alert are not to be had here. */
    private static Stream<String> ofTheAlerts() throws IOException {
        return Alert.all().stream().map(alert -> alert.expression().replaceFirst("^absent\\((.*)\\)$", "$1")
                .replaceFirst("\\s+(==|>) [\\d.]+$", "")
                .replaceFirst("(reason|code)!?[=~]+\"[^\"]*\"", "$1!=\"\""));
    }

    private static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
