package dev.collectionalias.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.collectionalias.docs.Page;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.Flux;
import dev.collectionalias.support.GitHttpServer;
import dev.collectionalias.support.GitRepository;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.KustomizationStates;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Flux, a Git repository, and what users do with both. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FluxStage {

    private static final Path REPORT = Path.of("target/flux-kustomization-states.md");
    private static final Page PAGE = Page.read(Path.of("docs/gitops.md"));
    private static final String DATABASE = "default";
    /** Flux waits no shorter. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);
    static final int ROWS = 20;
    private static final int TOO_FEW_ROWS = 10;
    static final String KEPT = "  annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}\n";

    private final MilvusServer milvus = new MilvusStandalone();
    final GitRepository git = new GitRepository();
    final GitHttpServer gitServer = new GitHttpServer(git);
    private MilvusCollections collections;
    MilvusAliases aliases;
    ControlPlane controlPlane;
    OperatorJvm operator;
    AliasObjects objects;
    Kubectl kubectl;
    Flux flux;
    KustomizationStates search;
    KustomizationStates storefront;
    TestNamespace shop;

    @BeforeAll
    void start(ControlPlane newControlPlane, TestNamespace namespace) {
        controlPlane = newControlPlane;
        shop = namespace;
        flux = Flux.in(controlPlane, ControlPlaneExtension.anotherNamespace(controlPlane));
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        create("products_v2", CollectionShape.PLAIN, ROWS);
        create("products_v3", CollectionShape.PLAIN, TOO_FEW_ROWS);
        create("products_v4", CollectionShape.PLAIN.withDimension(8), ROWS);
        create("products_v5", CollectionShape.PLAIN, ROWS);
        create("reviews_v1", CollectionShape.PLAIN, ROWS);
        objects = new AliasObjects(namespace);
        kubectl = new Kubectl(controlPlane, namespace.name());
        search = new KustomizationStates(flux, "search");
        storefront = new KustomizationStates(flux, "storefront");
    }

    void create(String collection, CollectionShape shape, int rows) {
        collections.create(DATABASE, collection, shape, rows);
        collections.load(DATABASE, collection);
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus;
                git;
                gitServer;
                var sixth = collections;
                var fifth = aliases;
                var fourth = operator;
                var third = flux;
                var second = storefront;
                var first = search) {
            String report = "%s%n%nThe Kustomization search:%n%n%s%nThe Kustomization storefront:%n%n%s".formatted(
                    Flux.versions(), search.table(), storefront.table());
            Files.writeString(REPORT, report);
            System.out.println(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String of(String kind, String name, String status) {
        return "%s/%s/%s status: '%s'".formatted(kind, shop.name(), name, status);
    }

    /** Commits another collection. */
    String name(String collection) {
        git.write("search/products.yaml", alias(collection));
        return commit(collection);
    }

    /** Commits what was written. */
    String commit(String what) {
        String commit = git.commit(what);
        search.skip();
        note("a commit: " + what);
        flux.reconcile("gitrepository", "shop");
        return commit;
    }

    void note(String what) {
        search.note(what);
        storefront.note(what);
    }

    /** The one of Flux: the page also has one of Kustomize itself. */
    String kustomization() {
        return PAGE.blocks().stream().map(Page.Block::code)
                .filter(code -> code.contains("apiVersion: kustomize.toolkit.fluxcd.io/")).findFirst().orElseThrow()
                .replace("namespace: flux-system", "namespace: " + flux.client().getNamespace())
                .replace("targetNamespace: shop", "targetNamespace: " + shop.name())
                .replace("retryInterval: 1m", "retryInterval: 2s")
                .replace("timeout: 5m", "timeout: %ds".formatted(TIMEOUT.toSeconds()));
    }

    String connection(String annotations) {
        return Kubectl.example("connection.yaml").replace("http://milvus.milvus:19530", milvus.uri())
                .replace("metadata:\n", "metadata:\n" + annotations);
    }

    static String alias(String collection) {
        return PAGE.manifest("CollectionAlias").replace("products_v1", collection).replace("30m", "40s")
                .replace("  annotations:\n    argocd.argoproj.io/sync-wave: \"1\"\n", "");
    }

    static String reviews(String more) {
        return """
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata:
                  name: reviews
                %sspec: {alias: reviews, collection: reviews_v1%s}
                """.formatted(KEPT, more);
    }

    static String configMap(String name) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                """.formatted(name);
    }

    boolean storefrontIsThere() {
        return !kubectl.run("get", "configmap", "storefront", "--ignore-not-found", "-o", "name").isEmpty();
    }
}
