package dev.collectionalias.gitops.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.gitops.GitStage;
import dev.collectionalias.support.ApiServerDouble;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code export --cluster}: what has an object already is left out. The operator knows Milvus by another address there. */
@Timeout(60)
class ClusterExportTest {

    private static final String HELD = "{owned: true, endpoint: 'milvus.milvus:19530'}";

    private final InProcessMilvus milvus = new InProcessMilvus();
    private GitStage stage;
    private ApiServerDouble cluster;

    @BeforeEach
    void start(@TempDir Path directory) {
        milvus.start();
        milvus.state().createCollection("default", "products_v1");
        List.of("products", "items").forEach(alias -> milvus.state().setAlias("default", alias, "products_v1"));
        stage = new GitStage(directory).with(milvus);
        cluster = new ApiServerDouble(directory).with("collectionaliases", "milvusconnections",
                "clustermilvusconnections");
        cluster.store("MilvusConnection", "{name: default, namespace: shop}", "{uri: 'http://milvus.milvus:19530'}",
                "{}");
    }

    @AfterEach
    void stop() {
        cluster.close();
        milvus.close();
    }

    private Outcome export(String... options) {
        Outcome outcome = stage.run(Stream.concat(
                Stream.of("export", "-o", "text", "--cluster", "--kubeconfig", cluster.kubeconfig().toString()),
                Stream.of(options)).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome;
    }

    private void object(String name, String spec, String status) {
        cluster.store("CollectionAlias", "{namespace: shop, creationTimestamp: '2026-01-01T00:00:00Z', name: %s}"
                .formatted(name), spec, status);
    }

    private static List<String> names(Outcome outcome) {
        return outcome.stdout().lines().skip(1).map(line -> line.split(" +")[0]).toList();
    }

    @Test
    void whatAnObjectHoldsIsLeftOutAndSaysWhose() {
        object("sold", "{alias: products, collection: products_v1}", HELD);

        Outcome outcome = export();

        assertThat(names(outcome)).containsExactly("items");
        assertThat(outcome.stderr()).isEqualToIgnoringNewLines(
                "note: alias products@default is left out: CollectionAlias shop/sold holds it");
    }

    @Test
    void whatAnObjectOnlyNamesIsLeftOutToo() {
        object("products", "{alias: products, collection: products_v1, cutover: {previewAlias: items}}", "{}");

        Outcome outcome = export();

        assertThat(names(outcome)).isEmpty();
        assertThat(outcome.stderr().lines()).containsExactly(
                "note: alias items@default is left out: it is the preview alias of CollectionAlias shop/products",
                "note: alias products@default is left out: CollectionAlias shop/products claims it");
    }

    @Test
    void anObjectOfAnotherServerHoldsAnotherAliasAndItsName() {
        cluster.store("MilvusConnection", "{name: other, namespace: shop}", "{uri: 'http://other:19530'}", "{}");
        object("products", "{alias: products, collection: products_v1, connectionRef: {name: other}}",
                "{owned: true, endpoint: 'other:19530'}");

        Outcome outcome = export();

        assertThat(names(outcome)).containsExactly("items", "products-627e2e66");
        assertThat(outcome.stderr()).isEmpty();
    }

    @Test
    void whatTheConnectionDoesNotAllowIsLeftOut() {
        cluster.store("ClusterMilvusConnection", "{name: shared}",
                "{uri: 'http://milvus.milvus:19530', allow: [{namespaces: [shop], databases: ['*'], aliasPattern: 'i*'}]}",
                "{}");

        Outcome outcome = export("--connection-kind", "ClusterMilvusConnection", "--connection", "shared");

        assertThat(names(outcome)).containsExactly("items");
        assertThat(outcome.stderr()).startsWith("warning: alias products@default is left out: ClusterMilvusConnection "
                + "shared does not allow namespace shop the alias products").hasLineCount(1);
    }

    @Test
    void withoutTheConnectionTheAddressTells() {
        object("products", "{alias: products, collection: products_v1}",
                "{owned: true, endpoint: '%s'}".formatted(milvus.uri().replace("http://", "")));

        Outcome outcome = export("-n", "elsewhere");

        assertThat(names(outcome)).containsExactly("items");
        assertThat(outcome.stderr()).startsWith("note: there is no MilvusConnection elsewhere/default in the cluster: "
                + "objects of this Milvus are known by its address, ");
    }
}
