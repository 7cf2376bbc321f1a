package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ApplicationStates;
import dev.collectionalias.support.ApplicationStates.State;
import dev.collectionalias.support.Kubectl;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One Application of a real Argo CD, from its first sync to its pruning: what Git says is what the alias does, and what the
 * operator makes of it is what Argo CD shows. Each test goes on from the one before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArgoCdE2E extends ArgoCdStage {

    @Test
    @Order(1)
    void aSyncCreatesTheAliasAndEndsHealthy() {
        git.write("search/connection.yaml",
                Kubectl.example("connection.yaml").replace("http://milvus.milvus:19530", milvus.uri())
                        .replace("metadata:\n", """
                                metadata:
                                  annotations: {argocd.argoproj.io/sync-options: Delete=false}
                                """));
        git.write("search/reviews.yaml", Kubectl.example("retain.yaml"));
        git.write("search/products.yaml", manifest("products_v1"));
        String commit = git.commit("Aliases of the search");

        states.note("an Application is made of the repository");
        apply(PAGE.manifest("Application"));

        states.await("healthy", synced(commit, "Healthy"));
        assertThat(aliases.target("products")).contains("products_v1");
        assertThat(aliases.target("reviews")).contains("reviews_v1");
    }

    @Test
    @Order(2)
    void aCommitSwitchesTheAlias() {
        String commit = name("products_v2");

        states.await("healthy", synced(commit, "Healthy"));
        assertThat(aliases.target("products")).contains("products_v2");
    }

    @Test
    @Order(3)
    void aCandidateThatIsWaitedForIsProgressingUntilTheDeadline() {
        String commit = name("products_v3");

        states.await("progressing", synced(commit, "Progressing"));
        // The status says more by now, but Argo CD looks only where the health changes, or is asked to.
        objects.awaitReason("products", Reason.GatesPending);
        argoCd.refresh(APPLICATION);
        State waiting = states.await("held back", synced(commit, "Progressing").and(says("products_v3 is held back")));
        assertThat(waiting.message()).contains("10 rows; 19 needed");
        State over = states.await("degraded", synced(commit, "Degraded"));
        assertThat(over.message()).contains("for more than 40s", "10 rows; 19 needed");
        assertThat(over.operation()).as("a sync does not wait for the last wave").isEqualTo("Succeeded");
        assertThat(aliases.target("products")).contains("products_v2");
    }

    @Test
    @Order(4)
    void aCandidateThatNeverCanServeIsDegraded() {
        String commit = name("products_v4");

        State degraded = states.await("degraded", synced(commit, "Degraded"));
        assertThat(degraded.message()).contains("field vector has dimension 8 instead of 4");
        assertThat(aliases.target("products")).contains("products_v2");
    }

    @Test
    @Order(5)
    void anApprovalIsWaitedForByTheAliasAndByWhatComesAfterIt() {
        git.write("search/storefront.yaml", storefront("first"));
        states.await("healthy", synced(name("products_v2"), "Healthy"));

        git.write("search/storefront.yaml", storefront("second"));
        git.write("search/products.yaml",
                manifest("products_v5").replace("  cutover:\n", "  cutover:\n    promotion: {mode: Manual}\n"));
        commit("products_v5, which has to be approved, and what comes in the wave after it");
        State suspended = states.await("suspended", state -> state.health().equals("Suspended"));
        assertThat(suspended.message()).contains("products_v5 passed its gates and waits for an approval");
        assertThat(suspended.operation()).isEqualTo("Running");
        assertThat(aliases.target("products")).contains("products_v2");

        git.write("search/storefront.yaml", storefront("third"));
        String meanwhile = commit("another commit, meanwhile");
        State held = states.await("it is seen", state -> state.revision().equals(meanwhile));
        assertThat(held.operation()).isEqualTo("Running");
        assertThat(held.target()).isNotEqualTo(meanwhile);
        assertThat(edition()).as("neither the wave nor the commit after it").isEqualTo("first");

        act("promote");
        states.await("healthy", synced(meanwhile, "Healthy").and(state -> state.isOver(meanwhile)));
        assertThat(aliases.target("products")).contains("products_v5");
        assertThat(edition()).isEqualTo("third");
    }

    @Test
    @Order(6)
    void aRollbackIsNotUndoneBySelfHeal() {
        act("rollback");
        State rolledBack = states.await("degraded", state -> state.health().equals("Degraded"));
        assertThat(rolledBack.sync()).isEqualTo("Synced");
        assertThat(rolledBack.message()).contains("rolled back from products_v5 to products_v2");
        assertThat(aliases.target("products")).contains("products_v2");

        states.note("somebody changes the object by kubectl, and self-heal applies the manifest anew");
        long before = objects.get("products").getMetadata().getGeneration();
        objects.patchSpec("products", "{cutover: {gates: {rows: {percentOfActive: 50}}}}");
        AliasObjects.await("the manifest is applied anew", () -> {
            assertThat(objects.get("products").getMetadata().getGeneration()).isGreaterThan(before + 1);
            assertThat(objects.get("products").getStatus().observedGeneration())
                    .isEqualTo(objects.get("products").getMetadata().getGeneration());
        });
        assertThat(aliases.target("products")).contains("products_v2");
    }

    @Test
    @Order(7)
    void whatComesAfterADegradedAliasIsHeldBackUntilGitNamesAnother() {
        git.write("search/storefront.yaml", storefront("fourth"));
        commit("what comes after the alias, while it is rolled back");
        states.await("the sync has failed", says("one or more synchronization tasks completed unsuccessfully"));
        assertThat(edition()).isEqualTo("third");

        states.note("argocd app terminate-op");
        argoCd.run("app", "terminate-op", APPLICATION);
        String commit = name("products_v2");
        states.await("healthy", synced(commit, "Healthy").and(state -> state.isOver(commit)));
        assertThat(aliases.target("products")).contains("products_v2");
        assertThat(edition()).isEqualTo("fourth");
    }

    @Test
    @Order(8)
    void aManifestThatVanishesTakesItsAliasAlongUnlessItIsGuarded() {
        git.remove("search/products.yaml");
        git.remove("search/reviews.yaml");
        String commit = commit("neither alias is in Git any more");

        objects.awaitGone("products");
        assertThat(aliases.target("products")).isEmpty();
        State after = states.await("the sync is over", state -> state.isOver(commit));
        assertThat(after.sync()).as("what is kept is not in Git").isEqualTo("OutOfSync");
        objects.awaitReady("reviews", "reviews_v1");
        assertThat(aliases.target("reviews")).contains("reviews_v1");
    }

    @Test
    @Order(9)
    void anApplicationThatIsDeletedLeavesWhatIsGuarded() {
        states.note("the Application is deleted");
        argoCd.run("app", "delete", APPLICATION, "--yes");

        states.await("gone", state -> state.equals(State.GONE));
        assertThat(kubectl.run("get", "configmaps", "-o", "name")).doesNotContain("storefront");
        objects.awaitReady("reviews", "reviews_v1");
        assertThat(objects.connection("default").get().getMetadata().getDeletionTimestamp()).isNull();
        assertThat(aliases.target("reviews")).contains("reviews_v1");
    }

    /**
     * Argo CD marks no CRD as its own. But where it goes by the label {@code app.kubernetes.io/instance}, as it did by default
     * before 3.0, a CRD of the chart is the Application's that is called as the release is.
     */
    @Test
    @Order(10)
    void aKindThatVanishesStays() {
        argoCd.client().configMaps().withName("argocd-cm").edit(settings -> new ConfigMapBuilder(settings)
                .addToData("application.resourceTrackingMethod", "label").build());
        git.write("operator/kind.yaml", shippedKind("operator"));
        git.write("operator/storefront.yaml", storefront("last"));
        String installed = git.commit("The operator");
        try (ApplicationStates operators = new ApplicationStates(argoCd, "operator")) {
            apply(PAGE.manifest("Application").replace(": search", ": operator"));
            operators.await("healthy", synced(installed, "Healthy").and(state -> state.isOver(installed)));

            git.remove("operator/kind.yaml");
            String commit = git.commit("without its kinds");
            argoCd.refresh("operator");

            State after = operators.await("the sync is over", state -> state.isOver(commit));
            assertThat(after.sync()).as("the kind is the Application's, and not in Git").isEqualTo("OutOfSync");
            assertThat(kubectl.run("get", "crd", "keepsakes.example.com", "-o",
                    "jsonpath={.metadata.deletionTimestamp}")).isEmpty();
        }
    }

    /** One of the kinds with the annotations that it is shipped with, under names that nothing else has. */
    private String shippedKind(String release) {
        String shipped = Stream.of(kubectl.run("kustomize", "crds").split("(?m)^---$"))
                .filter(crd -> crd.contains("name: milvusconnections.")).findFirst().orElseThrow();
        return shipped.replace("collectionalias.dev", "example.com").replace("milvusconnection", "keepsake")
                .replace("MilvusConnection", "Keepsake").replace("mconn", "keep")
                .replace("  name: keepsakes.", "  labels: {app.kubernetes.io/instance: %s}%n  name: keepsakes."
                        .formatted(release));
    }

    private static Predicate<State> synced(String commit, String health) {
        return state -> state.isSyncedTo(commit) && state.health().equals(health);
    }

    private static Predicate<State> says(String text) {
        return state -> state.message().contains(text);
    }
}
