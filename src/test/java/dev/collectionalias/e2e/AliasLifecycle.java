package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.SearchTraffic;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user with kubectl, a real Milvus, and the operator as it is deployed; a second client looks at what came of it. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AliasLifecycle {

    private static final String DATABASE = "default";
    private static final int SWITCHES = 20;
    private static final int SEARCH_THREADS = 3;
    /** Collections are told apart by these. */
    private static final int ROWS_V1 = 7;
    private static final int ROWS_V2 = 11;

    private final MilvusServer milvus = server();
    private MilvusCollections collections;
    private MilvusAliases aliases;
    private Kubectl kubectl;
    private OperatorJvm operator;

    abstract MilvusServer server();

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        create("products_v1", ROWS_V1);
        create("products_v2", ROWS_V2);
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        kubectl = new Kubectl(controlPlane, namespace.name());
        kubectl.applyExample("connection.yaml", milvus);
        if (!milvus.token().isEmpty()) {
            new AliasObjects(namespace).secret("milvus-root", "token", milvus.token());
            kubectl.run("patch", "mconn", "default", "--type=merge", "-p",
                    "{\"spec\": {\"auth\": {\"secretRef\": {\"name\": \"milvus-root\"}}}}");
        }
    }

    @AfterAll
    void stop() {
        operator.close();
        collections.close();
        aliases.close();
        milvus.close();
    }

    private void create(String collection, int rows) {
        collections.create(DATABASE, collection, rows);
        collections.load(DATABASE, collection);
        collections.awaitSearchable(DATABASE, collection);
    }

    @Test
    void aliasFollowsWhatKubectlApplies() {
        String manifest = Kubectl.example("alias.yaml");
        kubectl.apply(manifest);
        kubectl.awaitReady("products");
        assertThat(aliases.target("products")).contains("products_v1");
        assertThat(kubectl.run("wait", "--for=condition=Ready", "--timeout=20s", "mconn/default")).contains("met");

        kubectl.apply(manifest.replace("products_v1", "products_v2"));
        kubectl.awaitReady("products");
        assertThat(aliases.target("products")).contains("products_v2");

        kubectl.run("patch", "calias", "products", "--type=merge", "-p",
                "{\"spec\": {\"collection\": \"products_v1\"}}");
        kubectl.awaitReady("products");
        assertThat(aliases.target("products")).contains("products_v1");

        // Returns when the object is gone, which the finalizer allows only after the alias is.
        kubectl.run("delete", "calias", "products", "--timeout=45s");
        assertThat(aliases.target("products")).isEmpty();
    }

    @Test
    void getShowsTheMappingInItsColumns() {
        kubectl.applyExample("alias.yaml", milvus);
        kubectl.awaitReady("products");

        List<String> lines = kubectl.run("get", "calias", "products").lines().toList();
        assertThat(lines.getFirst().split("\\s+")).containsExactly("NAME", "ALIAS", "DB", "COLLECTION", "ACTIVE",
                "READY", "REASON", "AGE");
        assertThat(lines.get(1).split("\\s+")).startsWith("products", "products", "default", "products_v1",
                "products_v1", "True", "InSync");
        assertThat(kubectl.run("get", "calias", "products", "-o", "wide").lines().toList()).satisfiesExactly(
                header -> assertThat(header.split("\\s+")).endsWith("CONNECTION", "MESSAGE"),
                line -> assertThat(line).contains(" default ").endsWith("alias products points at products_v1"));
        assertThat(kubectl.run("get", "events", "--field-selector", "involvedObject.name=products"))
                .contains("AliasCreated");

        kubectl.run("delete", "calias", "products", "--timeout=45s");
    }

    @Test
    void aliasMadeByHandIsAdoptedAndSwitched() {
        create("orders_v1", 1);
        create("orders_v2", 1);
        aliases.create("orders", "orders_v1");

        kubectl.applyExample("adopt.yaml", milvus);
        kubectl.awaitReady("orders");

        assertThat(aliases.target("orders")).contains("orders_v2");
    }

    @Test
    void retainedAliasOutlivesItsObject() {
        create("reviews_v1", 1);
        kubectl.applyExample("retain.yaml", milvus);
        kubectl.awaitReady("reviews");

        kubectl.run("delete", "calias", "reviews", "--timeout=45s");

        assertThat(aliases.target("reviews")).contains("reviews_v1");
    }

    @Test
    void guardedCutoverIsApprovedAndRolledBack() {
        kubectl.applyExample("cutover.yaml", milvus);
        kubectl.awaitReady("products");
        await("jsonpath={.status.preview.collection}=products_v1");

        kubectl.run("patch", "calias", "products", "--type=merge", "-p",
                "{\"spec\": {\"collection\": \"products_v2\"}}");
        await("condition=AwaitingPromotion");
        await("jsonpath={.status.preview.collection}=products_v2");
        assertThat(aliases.target("products")).contains("products_v1");
        assertThat(aliases.target("products_preview")).contains("products_v2");

        kubectl.run("annotate", "calias", "products", "collectionalias.dev/promote=products_v2@2");
        await("jsonpath={.status.active.collection}=products_v2");
        assertThat(aliases.target("products")).contains("products_v2");

        kubectl.run("annotate", "calias", "products", "collectionalias.dev/rollback=previous@2");
        await("jsonpath={.status.rejected.reason}=RolledBack");
        assertThat(aliases.target("products")).contains("products_v1");

        kubectl.run("delete", "calias", "products", "--timeout=45s");
        assertThat(aliases.target("products")).isEmpty();
        assertThat(aliases.target("products_preview")).isEmpty();
    }

    private void await(String state) {
        kubectl.run("wait", "--for=" + state, "--timeout=45s", "calias/products");
    }

    @Test
    void noSearchFailsOrIsAnsweredByTheOldCollection() {
        kubectl.applyExample("alias.yaml", milvus);
        kubectl.awaitReady("products");

        try (SearchTraffic traffic = new SearchTraffic(milvus, "products",
                Map.of(ROWS_V1, "products_v1", ROWS_V2, "products_v2"), SEARCH_THREADS)) {
            traffic.expect("products_v1");
            for (int number = 1; number <= SWITCHES; number++) {
                String target = number % 2 == 0 ? "products_v1" : "products_v2";
                traffic.expectAny();
                kubectl.run("patch", "calias", "products", "--type=merge", "-p",
                        "{\"spec\": {\"collection\": \"%s\"}}".formatted(target));
                kubectl.awaitReady("products");
                traffic.expect(target);
                assertThat(aliases.target("products")).contains(target);
                awaitMoreSearches(traffic);
            }
            traffic.stop();

            assertThat(traffic.failed()).as("of %d searches", traffic.done()).isEmpty();
            assertThat(traffic.stale()).as("of %d searches", traffic.done()).isEmpty();
            System.out.printf("%s: %d searches during %d switches, 0 failed, 0 stale, %d without a shard's leader, "
                    + "%d lost with the proxy's cache%n", milvus.name(), traffic.done(), SWITCHES,
                    traffic.withoutLeader(),
                    traffic.forgotten());
        }
        kubectl.run("delete", "calias", "products", "--timeout=45s");
    }

    /** Enough for each thread to have begun one after the switch. */
    private static void awaitMoreSearches(SearchTraffic traffic) {
        int before = traffic.done();
        Awaitility.await("searches go on").until(() -> traffic.done() >= before + 4 * SEARCH_THREADS);
    }
}
