package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.KustomizationStates.State;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One Kustomization of a real Flux, from before there is an operator to its pruning, and another one that depends on it. Each
 * test goes on from the one before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FluxByHand extends FluxStage {

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
}
