package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Command.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody with nothing but kubectl sees. */
class KubectlViewIT extends AliasStage {

    @BeforeEach
    void oneReadyAlias() {
        operator.collections("products_v1");
        objects.alias("products", "products_v1");
        assertThat(kubectl("wait", "--for=condition=Ready", "calias/products", "--timeout=30s"))
                .containsExactly("collectionalias.collectionalias.dev/products condition met");
    }

    @Test
    void anAliasTellsWhereItPointsAndWhetherThatIsRight() {
        List<String> table = kubectl("get", "calias");

        assertThat(words(table.get(0))).containsExactly("NAME", "ALIAS", "DB", "COLLECTION", "ACTIVE", "READY",
                "REASON", "AGE");
        assertThat(words(table.get(1))).startsWith("products", "products", "default", "products_v1", "products_v1",
                "True", "InSync");
    }

    @Test
    void theWideTableAddsTheConnectionAndTheSentence() {
        List<String> table = kubectl("get", "calias", "-o", "wide");

        assertThat(words(table.get(0))).endsWith("AGE", "CONNECTION", "MESSAGE");
        assertThat(table.get(1)).containsPattern("default +alias products points at products_v1$");
    }

    @Test
    void aConnectionTellsTheServerAndItsVersion() {
        String endpoint = milvus.uri().substring("http://".length());

        List<String> table = kubectl("get", "mconn");

        assertThat(words(table.get(0))).containsExactly("NAME", "ENDPOINT", "VERSION", "READY", "REASON", "AGE");
        assertThat(words(table.get(1))).startsWith("default", endpoint, "v3.0.0", "True", "Connected");
        assertThat(kubectl("get", "mconn", "-o", "wide").get(1)).endsWith("connected to Milvus v3.0.0 at " + endpoint);
    }

    @Test
    void aFieldIsExplained() {
        assertThat(kubectl("explain", "calias.spec.collection"))
                .anyMatch(line -> line.contains("Changing it switches the alias"));
    }

    private List<String> kubectl(String... arguments) {
        String[] line = Stream.concat(Stream.of("-n", operator.namespace().name()), Stream.of(arguments))
                .toArray(String[]::new);
        Outcome outcome = operator.controlPlane().kubectl(line);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome.stdout().lines().map(String::stripTrailing).toList();
    }

    private static String[] words(String row) {
        return row.strip().split(" +");
    }
}
