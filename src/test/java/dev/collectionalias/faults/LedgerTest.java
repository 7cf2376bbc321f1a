package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** A ledger that overlooks something makes every fault look harmless. */
class LedgerTest {

    private static final String READY_AT = """
            {observedGeneration: %1$d, active: {collection: %2$s},
             conditions: [{type: Ready, status: 'True', observedGeneration: %1$d}]}""";

    private final List<CollectionAlias> objects = new ArrayList<>();
    private final Map<String, String> aliases = new TreeMap<>();
    private final Ledger ledger = new Ledger(() -> objects, () -> aliases);

    @Test
    void agreesWithWhatIsAsItHasToBe() {
        ledger.applied(object("products", 2, "blue", "{}"));
        ledger.deleted("reviews");
        objects.add(ready("products", 2, "blue"));
        aliases.put("products", "blue");

        Settlement settlement = ledger.settle(System.nanoTime(), Duration.ofSeconds(5));

        assertThat(settlement.differences()).isEmpty();
        assertThat(settlement.aliases()).isOne();
        assertThat(settlement.timeToHeal()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void findsAnApplyThatTheApiServerForgot() {
        ledger.applied(object("products", 2, "blue", "{}"));
        objects.add(ready("products", 1, "blue"));
        aliases.put("products", "blue");

        assertFound("LOST products: the API server does not have generation 2 but generation 1 at blue");
    }

    @Test
    void findsAnObjectThatIsNeverFinished() {
        ledger.applied(object("products", 2, "blue", "{}"));
        objects.add(object("products", 2, "blue", READY_AT.formatted(1, "blue")));
        aliases.put("products", "blue");

        assertFound("LOST products: it is not finished: generation 2 at blue");
    }

    @Test
    void findsAnAliasThatMilvusLost() {
        ledger.applied(object("products", 1, "blue", "{}"));
        objects.add(ready("products", 1, "blue"));

        assertFound("LOST products: Milvus does not have products");
    }

    @Test
    void findsAnAliasThatPointsElsewhere() {
        ledger.applied(object("products", 1, "blue", "{}"));
        objects.add(ready("products", 1, "blue"));
        aliases.put("products", "green");

        assertFound("WRONG products: Milvus has it at green instead of blue");
    }

    @Test
    void findsAStatusOfAnotherCollection() {
        ledger.applied(object("products", 1, "blue", "{}"));
        objects.add(object("products", 1, "blue", READY_AT.formatted(1, "green")));
        aliases.put("products", "blue");

        assertFound("WRONG products: its status is about another collection than blue");
    }

    @Test
    void findsWhatWasDeleted() {
        ledger.deleted("products");
        aliases.put("products", "blue");
        objects.add(ready("products", 1, "blue"));

        assertThat(ledger.differences()).extracting(Difference::kind).containsExactly(Difference.Kind.EXTRA,
                Difference.Kind.EXTRA);
    }

    @Test
    void findsWhatNobodyAskedFor() {
        aliases.put("products", "blue");

        assertFound("EXTRA products: Milvus has it, at blue");
    }

    @Test
    void takesTheApiServersWordWhereNobodyWasTold() {
        ledger.applied(object("products", 1, "blue", "{}"));
        ledger.unsure("products");
        objects.add(ready("products", 2, "green"));
        aliases.put("products", "blue");

        assertFound("WRONG products: Milvus has it at blue instead of green");
    }

    @Test
    void saysHowLongItWaitedInVain() {
        ledger.applied(object("products", 1, "blue", "{}"));

        Settlement settlement = ledger.settle(System.nanoTime(), Duration.ofMillis(300));

        assertThat(settlement.count(Difference.Kind.LOST)).isEqualTo(2);
        assertThat(settlement.timeToHeal()).isGreaterThan(Duration.ofMillis(300));
    }

    private void assertFound(String beginning) {
        assertThat(ledger.differences()).singleElement().asString().startsWith(beginning);
    }

    private static CollectionAlias ready(String name, long generation, String collection) {
        return object(name, generation, collection, READY_AT.formatted(generation, collection));
    }

    private static CollectionAlias object(String name, long generation, String collection, String status) {
        return Serialization.unmarshal("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata: {name: %1$s, generation: %2$d}
                spec: {alias: %1$s, collection: %3$s}
                status: %4$s
                """.formatted(name, generation, collection, status), CollectionAlias.class);
    }
}
