package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.ConnectProxy;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.SecretLedger;
import dev.collectionalias.support.ServerTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that only a proxy leads to, which wants to be told a user: what is in the way is said, and mending it is enough. */
@ExtendWith(ControlPlaneExtension.class)
class HttpProxyIT {

    private static final String FIRST = SecretLedger.password("the first password of a proxy");
    private static final String SECOND = SecretLedger.password("the second password of a proxy");

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    private final Authority authority = new Authority("authority");
    private final InProcessMilvus milvus = new InProcessMilvus()
            .with(ServerTls.oneWay(authority.issue("dns:milvus.invalid")));
    private final ConnectProxy proxy = new ConnectProxy().knows("milvus.invalid:443", milvus).wants("app", FIRST);
    private AliasObjects objects;

    @BeforeEach
    void anAliasOfAServerBehindTheProxy() {
        objects = operator.objects();
        milvus.start();
        milvus.state().createCollection("default", "v1");
        milvus.state().load("default", "v1");
        objects.secret("ca", "ca.crt", authority.certificatePem());
        objects.connection("behind", """
                {uri: 'https://milvus.invalid', tls: {caRef: {name: ca}}, timeouts: {connect: 2s, rpc: 3s},
                 httpProxy: {host: 127.0.0.1, port: %d, secretRef: {name: proxy}}}""".formatted(proxy.port()));
        objects.aliasWith("products", "{alias: products, collection: v1, connectionRef: {name: behind}}");
    }

    @AfterEach
    void stop() {
        proxy.close();
        milvus.close();
    }

    @Test
    void theUserComesFromASecretThatIsFollowed() {
        assertThat(objects.awaitReason("products", Reason.SecretInvalid).message()).contains("there is no Secret");
        objects.secret("proxy", "password", FIRST);
        AliasObjects.await("the name is missing", () -> assertThat(objects
                .awaitReason("products", Reason.SecretInvalid).message())
                .endsWith("/proxy has no key username with something in it"));

        objects.userSecret("proxy", "app", FIRST);
        objects.awaitReady("products", "v1");
        assertThat(objects.connection("behind").get().getStatus().endpoint()).isEqualTo("milvus.invalid:443");

        proxy.wants("app", SECOND);
        Condition refused = objects.awaitReason("products", Reason.ProxyFailed);
        assertThat(refused.message())
                .isEqualTo(("milvus.invalid:443: the proxy 127.0.0.1:%d: it does not accept the user "
                        + "of spec.httpProxy.secretRef (407)").formatted(proxy.port()));
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();
        objects.awaitEvent("behind", Reason.ProxyFailed, refused.message());
        assertThat(milvus.state().target("default", "products")).contains("v1");

        objects.userSecret("proxy", "app", SECOND);
        objects.awaitReady("products", "v1");

        objects.delete("products");
        objects.awaitGone("products");
        assertThat(milvus.state().target("default", "products")).isEmpty();
    }
}
