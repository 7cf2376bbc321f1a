package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
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
import dev.collectionalias.support.KustomizationStates.State;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One Kustomization of a real Flux, from before there is an operator to its pruning, and another one that depends on it. Each
 * test goes on from the one before.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FluxByHand {

    private static final Path REPORT = Path.of("target/flux-kustomization-states.md");
    private static final Page PAGE = Page.read(Path.of("docs/gitops.md"));
    private static final String DATABASE = "default";
    /** Flux waits no shorter. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int ROWS = 20;
    private static final int TOO_FEW_ROWS = 10;
    private static final String KEPT = "  annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}\n";

    private final MilvusServer milvus = new MilvusStandalone();
    private final GitRepository git = new GitRepository();
    private final GitHttpServer gitServer = new GitHttpServer(git);
    private MilvusCollections collections;
    private MilvusAliases aliases;
    private ControlPlane controlPlane;
    private OperatorJvm operator;
    private AliasObjects objects;
    private Kubectl kubectl;
    private Flux flux;
    private KustomizationStates search;
    private KustomizationStates storefront;
    private TestNamespace shop;

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

    private void create(String collection, CollectionShape shape, int rows) {
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

    @Test
    @Order(1)
    void whatNoOperatorHasLookedAtIsNotHealthyAndHoldsUpWhatDependsOnIt() {
        git.write("search/connection.yaml", connection(""));
        git.write("search/products.yaml", alias("products_v1"));
        git.write("search/settings.yaml", configMap("settings"));
        git.write("storefront/storefront.yaml", configMap("storefront"));
        git.commit("Aliases of the search");
        note("Git names a collection that is missing; there is no operator");
        flux.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: shop}
                spec: {url: "%s", ref: {branch: main}, interval: 10m}
                """.formatted(gitServer.url()));
        flux.apply(kustomization());
        flux.apply(kustomization().replace("name: search", "name: storefront").replace("./search", "./storefront")
                .replace("wait: true",
                        """
                                dependsOn: [{name: search}]
                                  healthChecks:
                                  - {apiVersion: collectionalias.dev/v1alpha1, kind: CollectionAlias, name: products, namespace: %s}
                                """
                                .formatted(shop.name()).strip()));

        State unseen = search.await("unhealthy", state -> state.isUnhealthy("InProgress"));
        assertThat(unseen.message()).contains(of("CollectionAlias", "products", "InProgress"),
                of("MilvusConnection", "default", "InProgress"));
        assertThat(objects.get("products").getStatus().observedGeneration()).isEqualTo(Api.UNOBSERVED);
        storefront.await("held up", state -> state.reason().equals("DependencyNotReady"));
    }

    @Test
    @Order(2)
    void aMissingCollectionIsWaitedFor() {
        note("the operator starts");
        operator = OperatorJvm.watching(shop.name(), ShippedRole.kubeconfig(controlPlane));
        objects.awaitReason("products", Reason.CollectionNotFound);
        search.skip();

        State waiting = search.await("unhealthy", state -> state.isUnhealthy("InProgress")
                && !state.message().contains("MilvusConnection"));
        assertThat(waiting.message()).contains(of("CollectionAlias", "products", "InProgress"));
        assertThat(storefrontIsThere()).isFalse();

        note("the collection comes");
        create("products_v1", CollectionShape.PLAIN, ROWS);
        search.await("ready", State::isReady);
        storefront.await("ready", State::isReady);
        assertThat(aliases.target("products")).contains("products_v1");
        assertThat(storefrontIsThere()).isTrue();
    }

    @Test
    @Order(3)
    void aCommitIsReadyOnceItsAliasIsSwitched() {
        String commit = name("products_v2");

        search.await("ready", state -> state.isReadyWith(commit));
        assertThat(aliases.target("products")).contains("products_v2");
    }

    @Test
    @Order(4)
    void aCandidateThatNeverCanServeFailsAtOnce() {
        name("products_v4");
        Instant began = Instant.now();

        State failed = search.await("failed", state -> state.isUnhealthy("Failed"));
        assertThat(Duration.between(began, Instant.now())).isLessThan(TIMEOUT);
        assertThat(failed.message()).contains(of("CollectionAlias", "products", "Failed"));
        assertThat(aliases.target("products")).contains("products_v2");
    }

    @Test
    @Order(5)
    void aCandidateThatIsWaitedForIsInProgressUntilItsDeadlineAndFailedThen() {
        name("products_v3");

        search.await("in progress", state -> state.isUnhealthy(of("CollectionAlias", "products", "InProgress")));
        search.await("failed", state -> state.isUnhealthy(of("CollectionAlias", "products", "Failed")));
        assertThat(aliases.target("products")).contains("products_v2");
    }

    @Test
    @Order(6)
    void anApprovalIsWaitedForAndItsAnnotationGoesWithTheNextApply() {
        git.write("search/products.yaml",
                alias("products_v5").replace("  cutover:\n", "  cutover:\n    promotion: {mode: Manual}\n"));
        String commit = commit("products_v5, which has to be approved");
        objects.awaitReason("products", Reason.AwaitingPromotion);
        git.write("search/more.yaml", configMap("more"));
        String meanwhile = commit("another commit, meanwhile");
        State waiting = search.await("in progress", state -> state.isUnhealthy("InProgress"));
        assertThat(waiting.tried()).as("the later one waits until the time is over").isEqualTo(commit);

        note("kubectl annotate … collectionalias.dev/promote");
        kubectl.run("annotate", "calias", "products", Api.PROMOTE + "=products_v5@"
                + objects.get("products").getMetadata().getGeneration());
        search.await("ready", state -> state.isReadyWith(meanwhile));
        assertThat(aliases.target("products")).contains("products_v5");
        flux.reconcile("kustomization", "search");
        AliasObjects.await("the annotation is gone", () -> assertThat(
                objects.get("products").getMetadata().getAnnotations()).doesNotContainKey(Api.PROMOTE));
    }

    @Test
    @Order(7)
    void aRollbackStaysUntilGitNamesAnotherCollection() {
        note("kubectl annotate … collectionalias.dev/rollback");
        kubectl.run("annotate", "calias", "products", Api.ROLLBACK + "=previous@"
                + objects.get("products").getMetadata().getGeneration());
        objects.awaitReason("products", Reason.RolledBack);
        search.skip();
        flux.reconcile("kustomization", "search");
        search.await("failed", state -> state.isUnhealthy(of("CollectionAlias", "products", "Failed")));
        assertThat(aliases.target("products")).contains("products_v2");

        String commit = name("products_v2");
        search.await("ready", state -> state.isReadyWith(commit));
    }

    @Test
    @Order(8)
    void aManifestThatVanishesTakesItsAliasAlong() {
        note("the Kustomization storefront is deleted");
        flux.delete("storefront");
        storefront.await("gone", State.GONE::equals);
        git.write("search/reviews.yaml", reviews(""));
        String both = commit("another alias, which is kept");
        search.await("ready", state -> state.isReadyWith(both));

        git.remove("search/products.yaml");
        String commit = commit("the first alias is not in Git any more");
        search.await("ready", state -> state.isReadyWith(commit));
        objects.awaitGone("products");
        assertThat(aliases.target("products")).isEmpty();
    }

    @Test
    @Order(9)
    void aConnectionThatIsPrunedBesideAnAliasThatIsKeptIsDeletedForEver() {
        git.remove("search/reviews.yaml");
        git.remove("search/connection.yaml");
        String gone = commit("neither the kept alias nor its connection is in Git any more");
        search.await("ready", state -> state.isReadyWith(gone));
        AliasObjects.await("the connection is kept by the alias", () -> assertThat(
                objects.connection("default").get().getStatus().conditions())
                .anySatisfy(condition -> assertThat(condition.message()).contains("are gone: reviews")));

        git.write("search/connection.yaml", connection(""));
        git.write("search/reviews.yaml", reviews(", deletionPolicy: Retain"));
        commit("both are in Git again");
        for (int attempt = 1; attempt <= 3; attempt++) {
            search.await("tried", state -> state.reason().equals("Progressing"));
            search.await("stuck", state -> state.isUnhealthy(of("MilvusConnection", "default", "Terminating")));
        }
        assertThat(aliases.target("reviews")).as("still served").contains("reviews_v1");
    }

    @Test
    @Order(10)
    void itComesAnewOnceTheObjectOfTheAliasIsDeleted() {
        note("kubectl delete calias reviews");
        kubectl.run("delete", "calias", "reviews");

        search.await("ready", State::isReady);
        objects.awaitReady("reviews", "reviews_v1");
        assertThat(objects.connection("default").get().getMetadata().getDeletionTimestamp()).isNull();
        assertThat(aliases.target("reviews")).contains("reviews_v1");
    }

    @Test
    @Order(11)
    void aConnectionThatIsKeptLikeItsAliasHoldsNothingUp() {
        git.write("search/connection.yaml", connection(KEPT));
        String commit = commit("the connection is kept, too");
        search.await("ready", state -> state.isReadyWith(commit));

        note("the Kustomization search is deleted");
        flux.delete("search");
        search.await("gone", State.GONE::equals);
        objects.awaitReady("reviews", "reviews_v1");
        assertThat(objects.connection("default").get().getMetadata().getDeletionTimestamp()).isNull();
    }

    private String of(String kind, String name, String status) {
        return "%s/%s/%s status: '%s'".formatted(kind, shop.name(), name, status);
    }

    /** Commits another collection. */
    private String name(String collection) {
        git.write("search/products.yaml", alias(collection));
        return commit(collection);
    }

    /** Commits what was written. */
    private String commit(String what) {
        String commit = git.commit(what);
        search.skip();
        note("a commit: " + what);
        flux.reconcile("gitrepository", "shop");
        return commit;
    }

    private void note(String what) {
        search.note(what);
        storefront.note(what);
    }

    /** The one of Flux: the page also has one of Kustomize itself. */
    private String kustomization() {
        return PAGE.blocks().stream().map(Page.Block::code)
                .filter(code -> code.contains("apiVersion: kustomize.toolkit.fluxcd.io/")).findFirst().orElseThrow()
                .replace("namespace: flux-system", "namespace: " + flux.client().getNamespace())
                .replace("targetNamespace: shop", "targetNamespace: " + shop.name())
                .replace("retryInterval: 1m", "retryInterval: 2s")
                .replace("timeout: 5m", "timeout: %ds".formatted(TIMEOUT.toSeconds()));
    }

    private String connection(String annotations) {
        return Kubectl.example("connection.yaml").replace("http://milvus.milvus:19530", milvus.uri())
                .replace("metadata:\n", "metadata:\n" + annotations);
    }

    private static String alias(String collection) {
        return PAGE.manifest("CollectionAlias").replace("products_v1", collection).replace("30m", "40s")
                .replace("  annotations:\n    argocd.argoproj.io/sync-wave: \"1\"\n", "");
    }

    private static String reviews(String more) {
        return """
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata:
                  name: reviews
                %sspec: {alias: reviews, collection: reviews_v1%s}
                """.formatted(KEPT, more);
    }

    private static String configMap(String name) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                """.formatted(name);
    }

    private boolean storefrontIsThere() {
        return !kubectl.run("get", "configmap", "storefront", "--ignore-not-found", "-o", "name").isEmpty();
    }
}
