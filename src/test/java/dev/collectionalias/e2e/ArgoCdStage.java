package dev.collectionalias.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.collectionalias.docs.Page;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ApplicationStates;
import dev.collectionalias.support.ArgoCd;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.GitRepository;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Argo CD, a Git repository, and what users do with both. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ArgoCdStage {

    private static final Path REPORT = Path.of("target/argocd-application-states.md");
    static final Page PAGE = Page.read(Path.of("docs/gitops.md"));
    private static final String DATABASE = "default";
    static final String APPLICATION = "search";
    private static final int ROWS = 20;
    private static final int TOO_FEW_ROWS = 10;

    final MilvusServer milvus = new MilvusStandalone();
    final GitRepository git = new GitRepository();
    private MilvusCollections collections;
    MilvusAliases aliases;
    private OperatorJvm operator;
    AliasObjects objects;
    Kubectl kubectl;
    ArgoCd argoCd;
    ApplicationStates states;
    private TestNamespace shop;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        shop = namespace;
        // Argo CD deletes in the foreground, which takes Kubernetes' garbage collector.
        controlPlane.startControllers();
        argoCd = ArgoCd.in(controlPlane, ControlPlaneExtension.anotherNamespace(controlPlane));
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        for (String collection : new String[]{"products_v1", "products_v2", "products_v5", "reviews_v1"}) {
            create(collection, CollectionShape.PLAIN, ROWS);
        }
        create("products_v3", CollectionShape.PLAIN, TOO_FEW_ROWS);
        create("products_v4", CollectionShape.PLAIN.withDimension(8), ROWS);
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        objects = new AliasObjects(namespace);
        kubectl = new Kubectl(controlPlane, namespace.name());
        states = new ApplicationStates(argoCd, APPLICATION);
    }

    private void create(String collection, CollectionShape shape, int rows) {
        collections.create(DATABASE, collection, shape, rows);
        collections.load(DATABASE, collection);
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus;
                git;
                var fifth = collections;
                var fourth = aliases;
                var third = operator;
                var second = argoCd;
                var first = states) {
            Files.writeString(REPORT, states.table());
            System.out.printf("The Application of Argo CD:%n%s", states.table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void apply(String application) {
        argoCd.apply(application.replace("https://git.example.com/shop.git", git.url())
                .replace("namespace: argocd", "namespace: " + argoCd.client().getNamespace())
                .replace("namespace: shop", "namespace: " + shop.name()));
    }

    /** Commits another collection. */
    String name(String collection) {
        git.write("search/products.yaml", manifest(collection));
        return commit(collection);
    }

    /** Commits what was written. */
    String commit(String what) {
        String commit = git.commit(what);
        states.note("a commit: " + what);
        argoCd.refresh(APPLICATION);
        return commit;
    }

    static String manifest(String collection) {
        return PAGE.manifest("CollectionAlias").replace("products_v1", collection).replace("30m", "40s");
    }

    static String storefront(String edition) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: storefront
                  annotations: {argocd.argoproj.io/sync-wave: "2"}
                data: {edition: %s}
                """.formatted(edition);
    }

    String edition() {
        return kubectl.run("get", "configmap", "storefront", "-o", "jsonpath={.data.edition}");
    }

    /** Presses a button. */
    void act(String action) {
        states.skip();
        states.note(action);
        argoCd.run("app", "actions", "run", APPLICATION, action, "--kind", "CollectionAlias", "--resource-name",
                "products");
    }
}
