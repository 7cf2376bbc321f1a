package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.SecretLedger;
import dev.collectionalias.support.SharedConnection;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two teams share a server, whose credentials are in a namespace of neither. */
class ClusterConnectionIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    /** One of its own, since an operator in cluster mode would meddle with what other tests do. */
    private static ControlPlane controlPlane;

    private final InProcessMilvus milvus = new InProcessMilvus();
    private TestNamespace team;
    private TestNamespace otherTeam;
    private AliasObjects ours;
    private AliasObjects theirs;
    private AliasObjects vault;
    private SharedConnection shared;
    private OperatorUnderTest operator;

    @BeforeAll
    static void aClusterOfItsOwn() {
        controlPlane = ControlPlaneExtension.another();
    }

    @AfterAll
    static void stopTheCluster() {
        controlPlane.close();
    }

    @BeforeEach
    void twoTeamsAndAServerWithAPassword() {
        team = ControlPlaneExtension.anotherNamespace(controlPlane);
        otherTeam = ControlPlaneExtension.anotherNamespace(controlPlane);
        TestNamespace secrets = ControlPlaneExtension.anotherNamespace(controlPlane);
        ours = new AliasObjects(team);
        theirs = new AliasObjects(otherTeam);
        vault = new AliasObjects(secrets);
        milvus.start();
        milvus.accounts().enableAuthorization();
        for (String collection : new String[]{"one", "two"}) {
            milvus.state().createCollection("default", collection);
            milvus.state().load("default", collection);
        }
        vault.secret("milvus", "token", milvus.token());
        shared = SharedConnection.create(controlPlane.client(), "of-" + team.name(),
                "{uri: '%s', auth: {secretRef: {namespace: %s, name: milvus}}, timeouts: {connect: 2s, rpc: 3s}}"
                        .formatted(milvus.uri(), secrets.name()));
        operator = OperatorUnderTest.startInClusterMode(controlPlane);
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
    }

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

    @Test
    void aPasswordThatIsChangedInTheSecretsNamespaceIsTakenUp() {
        shared.allow(rule(team, "default", "*"));
        claim(ours, "products", "one");
        ours.awaitReady("products", "one");

        vault.secret("milvus", "token", "root:" + SecretLedger.password("a wrong password"));
        shared.awaitReason(Reason.AuthenticationFailed);
        vault.secret("milvus", "token", milvus.token());
        ours.point("products", "two");

        assertTimeout(AT_ONCE, () -> ours.awaitReady("products", "two"));
    }

    /** The name alone would say whose Secret it is not. */
    @Test
    void aSecretOfTheAliasNamespaceIsNotTakenForIt() {
        ours.secret("other", "token", milvus.token());
        String vault = shared.get().getSpec().auth().secretRef().namespace();
        shared = SharedConnection.create(controlPlane.client(), "other-of-" + team.name(),
                "{uri: '%s', auth: {secretRef: {namespace: %s, name: other}}}".formatted(milvus.uri(), vault));
        shared.allow(rule(team, "default", "*"));

        claim(ours, "products", "one");

        assertThat(ours.awaitReason("products", Reason.SecretInvalid).message())
                .isEqualTo("there is no Secret " + vault + "/other");
    }

    @Test
    void theConnectionStaysAndWorksUntilTheAliasesThatItAllowsAreGone() {
        shared.allow(rule(team, "default", "*"));
        claim(ours, "products", "one");
        ours.awaitReady("products", "one");
        claim(theirs, "products", "one");
        theirs.awaitReason("products", Reason.ConnectionNotAllowed);

        shared.delete();
        shared.awaitKept("kept until the aliases that use it are gone: " + team.name() + "/products");
        ours.point("products", "two");
        ours.awaitReady("products", "two");
        ours.delete("products");

        ours.awaitGone("products");
        shared.awaitGone();
        assertThat(milvus.state().target("default", "products")).isEmpty();
        assertThat(theirs.awaitReason("products", Reason.ConnectionNotFound).message())
                .isEqualTo("there is no ClusterMilvusConnection " + shared.name());
    }

    @Test
    void whatHappensToItIsToldAsAnEvent() {
        shared.awaitReason(Reason.Connected);

        AliasObjects.await("there is an Event", () -> assertThat(controlPlane.client().v1().events()
                .inNamespace("default").withField("involvedObject.name", shared.name()).list().getItems())
                .extracting("reason").contains(Reason.Connected.name()));
    }

    @Test
    void aFinalizerKeepsIt() {
        shared.awaitReason(Reason.Connected);

        assertThat(shared.get().getMetadata().getFinalizers()).containsExactly(Api.CONNECTION_FINALIZER);
    }

    private void claim(AliasObjects objects, String alias, String collection) {
        objects.aliasWith(alias.replace('_', '-'),
                "{alias: %s, collection: %s, %s}".formatted(alias, collection, ref()));
    }

    private String ref() {
        return "connectionRef: {kind: ClusterMilvusConnection, name: %s}".formatted(shared.name());
    }

    private static String rule(TestNamespace namespace, String database, String aliasPattern) {
        return "{namespaces: ['%s'], databases: ['%s'], aliasPattern: '%s'}".formatted(namespace.name(), database,
                aliasPattern);
    }

    private void assertRefused(AliasObjects objects, String name, String sentence) {
        Condition ready = objects.awaitReason(name, Reason.ConnectionNotAllowed);

        assertThat(ready.message()).startsWith("ClusterMilvusConnection " + shared.name() + " ").contains(sentence);
        assertThat(objects.condition(name, ConditionType.Stalled)).isPresent();
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }
}
