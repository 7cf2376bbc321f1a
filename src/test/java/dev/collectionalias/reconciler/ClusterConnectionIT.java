package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.SecretLedger;
import dev.collectionalias.support.SharedConnection;
import org.junit.jupiter.api.Test;

/** A connection that teams share has its credentials elsewhere, reports on itself, and stays while it is needed. */
class ClusterConnectionIT extends TwoTeamsStage {

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
}
