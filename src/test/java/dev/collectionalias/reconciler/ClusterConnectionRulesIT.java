package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import org.junit.jupiter.api.Test;

/** Each team gets the aliases that a rule of the shared connection allows it, and no others. */
class ClusterConnectionRulesIT extends TwoTeamsStage {

    @Test
    void whatIsAllowedWorksFromCreationToDeletion() {
        shared.allow(rule(team, "default", "team_*"));

        claim(ours, "team_products", "one");
        ours.awaitReady("team-products", "one");
        ours.point("team-products", "two");
        ours.awaitReady("team-products", "two");
        ours.delete("team-products");
        ours.awaitGone("team-products");

        assertThat(milvus.state().target("default", "team_products")).isEmpty();
        shared.awaitReason(Reason.Connected);
        assertThat(shared.get().getStatus().endpoint()).isEqualTo(milvus.uri().substring("http://".length()));
    }

    @Test
    void nobodyIsAllowedAnythingByDefault() {
        claim(ours, "team_products", "one");

        assertRefused(ours, "team-products", "does not allow namespace %s: no rule of spec.allow has it in namespaces"
                .formatted(team.name()));
    }

    @Test
    void anotherTeamsDatabaseIsRefused() {
        shared.allow(rule(team, "mine", "*"), rule(otherTeam, "default", "*"));

        claim(ours, "team_products", "one");

        assertRefused(ours, "team-products", "does not allow namespace %s the database default: no rule of spec.allow "
                .formatted(team.name()) + "for this namespace has it in databases");
    }

    @Test
    void anotherTeamsAliasIsRefused() {
        shared.allow(rule(team, "default", "team_*"), rule(otherTeam, "default", "other_*"));

        claim(ours, "other_products", "one");

        assertRefused(ours, "other-products", "does not allow namespace %s the alias other_products in database default"
                .formatted(team.name()) + ": no rule of spec.allow for them has an aliasPattern that it matches; "
                + "allowed are \"team_*\"");
    }

    @Test
    void aPreviewAliasHasToBeAllowedToo() {
        shared.allow(rule(team, "default", "team_*"));

        ours.aliasWith("team-products", "{alias: team_products, collection: one, %s, cutover: {previewAlias: preview}}"
                .formatted(ref()));

        assertRefused(ours, "team-products", "the alias preview in database default");

        ours.patchSpec("team-products", "{cutover: {previewAlias: team_preview}}");
        ours.awaitReady("team-products", "one");
        AliasObjects.await("the preview is made",
                () -> assertThat(milvus.state().target("default", "team_preview")).contains("one"));
    }

    @Test
    void aPreviewThatIsNotAllowedAnyMoreIsLeftAsItIs() {
        shared.allow(rule(team, "default", "team_*"));
        ours.aliasWith("team-products",
                "{alias: team_products, collection: one, %s, cutover: {previewAlias: team_look}}"
                        .formatted(ref()));
        ours.awaitReady("team-products", "one");
        AliasObjects.await("the preview is made",
                () -> assertThat(ours.get("team-products").getStatus().preview())
                        .isEqualTo(new Preview("team_look", "one")));

        shared.allow(rule(team, "default", "team_products"));
        ours.awaitReason("team-products", Reason.ConnectionNotAllowed);
        ours.patchSpec("team-products", "{collection: two, cutover: {previewAlias: null}}");
        ours.awaitReady("team-products", "two");
        AliasObjects.await("the preview is not managed any more",
                () -> assertThat(ours.get("team-products").getStatus().preview()).isNull());

        assertThat(milvus.state().target("default", "team_look")).contains("one");
    }

    @Test
    void aRuleThatComesLaterIsEnough() {
        claim(ours, "team_products", "one");
        ours.awaitReason("team-products", Reason.ConnectionNotAllowed);

        shared.allow(rule(team, "default", "team_*"));

        assertTimeout(AT_ONCE, () -> ours.awaitReady("team-products", "one"));
    }

    @Test
    void anAliasThatIsNotAllowedAnyMoreIsLeftAsItIs() {
        shared.allow(rule(team, "default", "team_*"));
        claim(ours, "team_products", "one");
        ours.awaitReady("team-products", "one");
        milvus.journal().clear();

        shared.allow(rule(otherTeam, "default", "*"));
        assertTimeout(AT_ONCE, () -> ours.awaitReason("team-products", Reason.ConnectionNotAllowed));
        ours.point("team-products", "two");
        ours.awaitReason("team-products", Reason.ConnectionNotAllowed);
        assertThat(ours.get("team-products").getStatus().owned()).isTrue();
        ours.delete("team-products");
        ours.awaitGone("team-products");

        assertThat(milvus.state().target("default", "team_products")).contains("one");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void aRuleThatComesBackGoesOnWhereItEnded() {
        shared.allow(rule(team, "default", "team_*"));
        claim(ours, "team_products", "one");
        ours.awaitReady("team-products", "one");
        shared.allow();
        ours.awaitReason("team-products", Reason.ConnectionNotAllowed);
        ours.point("team-products", "two");

        shared.allow(rule(team, "default", "team_*"));

        assertThat(ours.awaitReady("team-products", "two").getStatus().history()).extracting("cause")
                .containsExactly("SpecChanged", "Created");
    }

    @Test
    void oneTeamCanNotTakeAnAliasThatTheOtherHolds() {
        shared.allow(rule(team, "default", "*"), rule(otherTeam, "default", "*"));
        claim(ours, "products", "one");
        ours.awaitReady("products", "one");
        milvus.journal().clear();

        claim(theirs, "products", "two");

        assertThat(theirs.awaitReason("products", Reason.Conflict).message())
                .contains("CollectionAlias " + team.name() + "/products");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    /** Otherwise anybody could keep others from an alias by claiming it first. */
    @Test
    void anOlderClaimThatIsNotAllowedIsInNobodysWay() {
        shared.allow(rule(otherTeam, "default", "*"));
        claim(ours, "products", "one");
        ours.awaitReason("products", Reason.ConnectionNotAllowed);
        ours.aliasWith("preview", "{alias: ours, collection: one, %s, cutover: {previewAlias: preview}}"
                .formatted(ref()));
        ours.awaitReason("preview", Reason.ConnectionNotAllowed);

        claim(theirs, "products", "two");
        claim(theirs, "preview", "two");

        theirs.awaitReady("products", "two");
        theirs.awaitReady("preview", "two");
    }

    @Test
    void anAliasGoesFromTeamToTeamWithTheRule() {
        shared.allow(rule(team, "default", "*"), rule(otherTeam, "default", "*"));
        claim(ours, "products", "one");
        ours.awaitReady("products", "one");
        claim(theirs, "products", "one");
        theirs.awaitReason("products", Reason.Conflict);
        milvus.journal().clear();

        shared.allow(rule(otherTeam, "default", "*"));
        theirs.awaitReady("products", "one");
        AliasObjects.await("the other has lost it",
                () -> assertThat(ours.get("products").getStatus().owned()).isFalse());
        shared.allow(rule(team, "default", "*"), rule(otherTeam, "default", "*"));

        assertThat(ours.awaitReason("products", Reason.Conflict).message())
                .contains("is held by CollectionAlias " + otherTeam.name() + "/products");
        theirs.awaitReady("products", "one");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    private void assertRefused(AliasObjects objects, String name, String sentence) {
        Condition ready = objects.awaitReason(name, Reason.ConnectionNotAllowed);

        assertThat(ready.message()).startsWith("ClusterMilvusConnection " + shared.name() + " ").contains(sentence);
        assertThat(objects.condition(name, ConditionType.Stalled)).isPresent();
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }
}
