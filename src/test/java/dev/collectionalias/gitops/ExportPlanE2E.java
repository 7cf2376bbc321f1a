package dev.collectionalias.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.HistoryEntry;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusProxy;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A team that has aliases already begins to keep them in Git. What the commands and the operator ask of Milvus goes through a
 * proxy that counts.
 */
@ExtendWith(ControlPlaneExtension.class)
class ExportPlanE2E {

    private static final List<String> DATABASES = List.of("default", "team_a", "team_b");
    private static final int ALIASES_OF_EACH = 100;
    private static final Set<String> WRITES = Set.of("CreateAlias", "AlterAlias", "DropAlias");

    private final MilvusStandalone milvus = new MilvusStandalone();
    private MilvusProxy proxy;
    private GitStage stage;
    private Path manifests;
    private Kubectl kubectl;
    private AliasObjects objects;
    private OperatorJvm operator;

    @BeforeEach
    void threeHundredAliasesMadeByHand(ControlPlane controlPlane, TestNamespace namespace, @TempDir Path directory) {
        milvus.start();
        proxy = new MilvusProxy(milvus);
        try (MilvusCollections collections = MilvusCollections.of(milvus);
                MilvusAliases aliases = new MilvusAliases(milvus)) {
            for (String database : DATABASES) {
                if (!database.equals("default")) {
                    collections.createDatabase(database);
                }
                collections.create(database, "v1", 0);
                collections.create(database, "v2", 0);
                for (int i = 0; i < ALIASES_OF_EACH; i++) {
                    // Half of them differ from another one by a capital only.
                    aliases.create(database, (i % 2 == 0 ? "Shop_" : "shop_") + i / 2, i % 3 == 0 ? "v1" : "v2");
                }
            }
        }
        stage = new GitStage(directory).at(proxy.uri());
        manifests = directory.resolve("aliases");
        kubectl = new Kubectl(controlPlane, namespace.name());
        objects = new AliasObjects(namespace);
        objects.connection("default", "{uri: '%s', timeouts: {connect: 5s, rpc: 10s}}".formatted(proxy.uri()));
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
    }

    @AfterEach
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var second = proxy; var first = operator) {
            // the last one first, and those that were started only
        }
    }

    @Test
    void whatIsExportedAndAppliedTakesAllAliasesOverWithoutAWrite() {
        String before = succeeds("export", "-o", "text").stdout();
        assertThat(before.lines()).hasSize(1 + DATABASES.size() * ALIASES_OF_EACH);

        assertThat(succeeds("export", "--output-dir", manifests.toString()).stderr())
                .isEqualToIgnoringNewLines("300 manifests written to aliases");
        assertThat(succeeds("lint", "-f", manifests.toString()).stdout()).contains("300 manifests, 0 problems\n");
        assertThat(succeeds("plan", "-f", manifests.toString()).stdout())
                .isEqualTo("No changes: 300 aliases in place\n");

        kubectl.run("apply", "-f", manifests.toString());

        AliasObjects.await("all are taken over", () -> assertThat(objects.all()).hasSize(300)
                .allSatisfy(alias -> assertThat(history(alias)).extracting(HistoryEntry::cause)
                        .containsExactly("Adopted")));
        assertThat(writes()).isEmpty();
        assertThat(succeeds("export", "-o", "text").stdout()).isEqualTo(before);

        objects.point("shop-0", "v1"); // the proxy does count
        objects.awaitReady("shop-0", "v1");
        assertThat(writes()).isNotEmpty().containsOnly("AlterAlias");
    }

    private static List<HistoryEntry> history(CollectionAlias alias) {
        return alias.getStatus() == null ? List.of() : alias.getStatus().history();
    }

    private List<String> writes() {
        return proxy.calls().stream().filter(WRITES::contains).toList();
    }

    private Outcome succeeds(String... arguments) {
        Outcome outcome = stage.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        return outcome;
    }
}
