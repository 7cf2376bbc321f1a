package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Map;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Authority.Identity;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.ServerTls;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The certificates of a connection: what is wrong with them is said, no key ever is, and mending it is enough. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final String CA = "caRef: {name: ca}";
    private static final String CLIENT = "clientCertSecretRef: {name: mtls}";

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    private Authority authority;
    private Authority stranger;
    private Identity server;
    private Identity client;
    private AliasObjects objects;
    private InProcessMilvus milvus;

    @BeforeAll
    void certificates() {
        authority = new Authority("authority");
        stranger = new Authority("stranger");
        server = authority.issue("ip:127.0.0.1,dns:milvus.internal");
        client = authority.issue("dns:client");
    }

    @BeforeEach
    void anAliasThatUsesAnotherConnection() {
        objects = operator.objects();
        objects.aliasWith("products", "{alias: products, collection: products_v1, connectionRef: {name: secured}}");
    }

    @AfterEach
    void stop() {
        milvus.close();
    }

    @Test
    void everythingThatCanBeSaidIsTakenUp() {
        start(ServerTls.mutual(server, authority));
        objects.configMap("authorities", "bundle.pem", stranger.certificatePem() + authority.certificatePem());
        certificate(client);
        objects.secret("milvus", "token", milvus.token());
        milvus.accounts().enableAuthorization();

        objects.connection("secured", """
                {uri: '%s', auth: {secretRef: {name: milvus}}, tls: {%s, serverName: milvus.internal,
                caRef: {kind: ConfigMap, name: authorities, key: bundle.pem}}}""".formatted(milvus.uri(), CLIENT));

        assertReadyAtOnce();
    }

    @Test
    void missingAuthorityHealsTheAliasWhenItComes() {
        start(ServerTls.oneWay(server));
        connect(CA);
        assertSaid(Reason.SecretInvalid, "there is no Secret " + in("ca"));

        objects.secret("ca", "ca.crt", authority.certificatePem());

        assertReadyAtOnce();
    }

    @Test
    void configMapWithoutTheKeyHealsTheAliasWhenItGetsIt() {
        start(ServerTls.oneWay(server));
        objects.configMap("ca", "ca.pem", authority.certificatePem());
        connect("caRef: {kind: ConfigMap, name: ca}");
        assertSaid(Reason.SecretInvalid, "ConfigMap " + in("ca") + " has no key ca.crt with something in it");

        objects.configMap("ca", "ca.crt", authority.certificatePem());

        assertReadyAtOnce();
    }

    @Test
    void authorityThatIsNoCertificate() {
        start(ServerTls.oneWay(server));
        objects.secret("ca", "ca.crt", client.keyPem());
        connect(CA);

        assertSaid(Reason.SecretInvalid, "Secret " + in("ca") + ": in its key ca.crt, there is no certificate in PEM");
    }

    @Test
    void keyOfAnotherCertificateHealsTheAliasWhenItIsCorrected() {
        start(ServerTls.mutual(server, authority));
        objects.secret("ca", "ca.crt", authority.certificatePem());
        certificate(new Identity(client.certificate(), server.key()));
        connect(CA + ", " + CLIENT);
        assertSaid(Reason.SecretInvalid, "Secret " + in("mtls")
                + ": in its keys tls.crt and tls.key, the private key is not the certificate's");

        certificate(client);

        assertReadyAtOnce();
    }

    @Test
    void keyOfAKindThatDoesNotWorkHealsTheAliasWhenItIsReplaced() {
        start(ServerTls.mutual(server, authority));
        objects.secret("ca", "ca.crt", authority.certificatePem());
        certificate(authority.issueFor("Ed448", "dns:client"));
        connect(CA + ", " + CLIENT);
        assertSaid(Reason.SecretInvalid, "Secret " + in("mtls")
                + ": in its keys tls.crt and tls.key, the certificate's key is Ed448, which Milvus does not accept; "
                + "RSA, ECDSA on P-256, P-384 or P-521, and Ed25519 work");

        certificate(authority.issueFor("Ed25519", "dns:client"));

        assertReadyAtOnce();
    }

    @Test
    void wrongAuthorityHealsTheAliasWhenItIsCorrected() {
        start(ServerTls.oneWay(server));
        objects.secret("ca", "ca.crt", stranger.certificatePem());
        connect(CA);
        assertSaid(Reason.TLSFailed,
                "the server's certificate is not signed by an authority that spec.tls.caRef names");

        objects.secret("ca", "ca.crt", authority.certificatePem());

        assertReadyAtOnce();
    }

    @Test
    void wrongNameHealsTheAliasWhenItIsCorrected() {
        start(ServerTls.oneWay(server));
        objects.secret("ca", "ca.crt", authority.certificatePem());
        connect(CA + ", serverName: milvus.external");
        assertSaid(Reason.TLSFailed, "the server's certificate is for 127.0.0.1, milvus.internal, "
                + "not for milvus.external; if it is the right server, set spec.tls.serverName");

        objects.patchConnection("secured", "{tls: {serverName: milvus.internal}}");

        assertReadyAtOnce();
    }

    @Test
    void expiredCertificateIsNoticedWhenItIsRenewed() {
        start(ServerTls.oneWay(authority.issueExpired("ip:127.0.0.1")));
        objects.secret("ca", "ca.crt", authority.certificatePem());
        connect(CA);
        assertSaid(Reason.TLSFailed, "the server's certificate has expired, on ");

        milvus.with(ServerTls.oneWay(server));

        objects.awaitReady("products", "products_v1");
    }

    @Test
    void missingClientCertificateHealsTheAliasWhenItComes() {
        start(ServerTls.mutual(server, authority));
        objects.secret("ca", "ca.crt", authority.certificatePem());
        connect(CA);
        assertSaid(Reason.TLSFailed,
                "the server asks for a client certificate; set spec.tls.clientCertSecretRef");

        certificate(client);
        objects.patchConnection("secured", "{tls: {%s}}".formatted(CLIENT));

        assertReadyAtOnce();
    }

    private void start(ServerTls tls) {
        milvus = new InProcessMilvus().with(tls);
        milvus.state().createCollection("default", "products_v1");
        milvus.state().load("default", "products_v1");
        milvus.start();
    }

    private void connect(String tls) {
        objects.connection("secured", "{uri: '%s', timeouts: {connect: 2s, rpc: 3s}, tls: {%s}}"
                .formatted(milvus.uri(), tls));
    }

    private void certificate(Identity identity) {
        objects.tlsSecret("mtls", Map.of("tls.crt", identity.certificatePem(), "tls.key", identity.keyPem()));
    }

    private void assertReadyAtOnce() {
        assertTimeout(AT_ONCE, () -> objects.awaitReady("products", "products_v1"));
        assertNothingTold();
    }

    /** On the alias, on its connection and in the connection's Events: the same sentence, and nothing but a sentence. */
    private void assertSaid(Reason reason, String sentence) {
        Condition ready = objects.awaitReason("products", reason);

        assertThat(ready.message()).contains(sentence).doesNotContain("Exception", "\n");
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();
        objects.awaitConnectionReason("secured", reason);
        objects.awaitEvent("secured", reason, ready.message());
        assertNothingTold();
    }

    private void assertNothingTold() {
        for (Identity identity : new Identity[]{server, client}) {
            String key = identity.keyPem().lines().skip(1).findFirst().orElseThrow();
            assertThat(Serialization.asYaml(objects.get("products"))).doesNotContain(key);
            assertThat(Serialization.asYaml(objects.connection("secured").require())).doesNotContain(key);
            assertThat(Serialization.asYaml(objects.events("products"))).doesNotContain(key);
            assertThat(Serialization.asYaml(objects.events("secured"))).doesNotContain(key);
        }
    }

    private String in(String name) {
        return operator.namespace().name() + "/" + name;
    }
}
