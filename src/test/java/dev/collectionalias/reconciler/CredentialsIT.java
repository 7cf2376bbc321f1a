package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.SecretLedger;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Secret of a connection: what is wrong with it is said, what is in it never is, and mending it is enough. */
class CredentialsIT extends AliasStage {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final String RIGHT = SecretLedger.password("the right password");
    private static final String WRONG = SecretLedger.password("the wrong password");

    private static final String ROTATED = SecretLedger.password("the next password");

    @BeforeEach
    void aServerThatAsksForAPassword() {
        operator.collections("products_v1");
        milvus.accounts().enableAuthorization();
        milvus.accounts().setPassword("app", RIGHT);
        milvus.accounts().setPrivileges("app", "CreateAlias", "DropAlias", "DescribeAlias", "ListAliases",
                "DescribeCollection", "GetLoadState", "Query", "IndexDetail");
        objects.connection("secured",
                "{uri: '%s', auth: {secretRef: {name: milvus}}, timeouts: {connect: 2s, rpc: 3s}}"
                        .formatted(milvus.uri()));
        objects.aliasWith("products", "{alias: products, collection: products_v1, connectionRef: {name: secured}}");
    }

    @Test
    void missingSecretHealsTheAliasWhenItComes() {
        assertSaid(Reason.SecretInvalid, "there is no Secret " + secret());

        objects.secret("milvus", "token", "app:" + RIGHT);

        assertReadyAtOnce();
    }

    @Test
    void secretWithoutTheKeyHealsTheAliasWhenItGetsIt() {
        objects.secret("milvus", "pasword", RIGHT);
        assertSaid(Reason.SecretInvalid, "Secret " + secret() + " has neither the key token nor the keys username and "
                + "password with something in them");

        objects.secret("milvus", "token", "app:" + RIGHT);

        assertReadyAtOnce();
    }

    @Test
    void wrongPasswordHealsTheAliasWhenItIsCorrected() {
        objects.secret("milvus", "token", "app:" + WRONG);
        assertSaid(Reason.AuthenticationFailed, "the server refused the credentials: ");
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();

        objects.secret("milvus", "token", "app:" + RIGHT);

        assertReadyAtOnce();
    }

    @Test
    void noCredentialsWhereTheServerAsksForSome() {
        objects.patchConnection("secured", "{auth: null}");

        assertSaid(Reason.AuthenticationFailed, "the server refused the credentials: ");
    }

    @Test
    void missingPrivilegeIsNamed() {
        milvus.accounts().setPrivileges("app", "DescribeAlias", "DescribeCollection", "GetLoadState",
                "Query", "IndexDetail");
        objects.secret("milvus", "token", "app:" + RIGHT);

        assertSaid(Reason.PermissionDenied, "createAlias products: PrivilegeCreateAlias: permission deny to app");
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();

        milvus.accounts().setPrivileges("app", "CreateAlias", "DescribeAlias", "DescribeCollection", "GetLoadState",
                "Query", "IndexDetail");

        objects.awaitReady("products", "products_v1");
    }

    @Test
    void passwordThatIsChangedWhileTheAliasIsInUseIsTakenUp() {
        objects.secret("milvus", "token", "app:" + RIGHT);
        objects.awaitReady("products", "products_v1");
        operator.collections("products_v2");

        milvus.accounts().setPassword("app", ROTATED);
        objects.secret("milvus", "token", "app:" + ROTATED);
        objects.point("products", "products_v2");

        assertTimeout(AT_ONCE, () -> objects.awaitReady("products", "products_v2"));
    }

    @Test
    void secretIsStillWatchedAfterTheApiServerWasAway() {
        objects.secret("milvus", "token", "app:" + WRONG);
        objects.awaitReason("products", Reason.AuthenticationFailed);

        operator.controlPlane().stopApiServer();
        operator.controlPlane().startApiServer();
        objects.secret("milvus", "token", "app:" + RIGHT);

        objects.awaitReady("products", "products_v1");
    }

    private void assertReadyAtOnce() {
        assertTimeout(AT_ONCE, () -> objects.awaitReady("products", "products_v1"));
        assertNothingTold();
    }

    private void assertSaid(Reason reason, String sentence) {
        // A Secret that is wrong is missing a moment before.
        AliasObjects.await(sentence, () -> assertThat(objects.awaitReason("products", reason).message())
                .contains(sentence).doesNotContain("Exception", "\n"));
        assertNothingTold();
    }

    /** Neither objects nor Events hold a password. */
    private void assertNothingTold() {
        assertThat(Serialization.asYaml(objects.get("products"))).doesNotContain(RIGHT, WRONG);
        assertThat(Serialization.asYaml(objects.connection("secured").require())).doesNotContain(RIGHT, WRONG);
        assertThat(Serialization.asYaml(objects.events("products"))).doesNotContain(RIGHT, WRONG);
        assertThat(Serialization.asYaml(objects.events("secured"))).doesNotContain(RIGHT, WRONG);
    }

    private String secret() {
        return operator.namespace().name() + "/milvus";
    }
}
