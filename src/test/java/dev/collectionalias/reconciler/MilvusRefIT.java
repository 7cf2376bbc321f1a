package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusObject;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.ServerTls;
import dev.collectionalias.support.SharedConnection;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to servers that milvus-operator looks after. */
class MilvusRefIT {

    private static final String BY_NAME = "{milvusRef: {name: release}, timeouts: {connect: 2s, rpc: 3s}%s}";

    /** One of its own, since the kind Milvus comes and goes. */
    private static ControlPlane controlPlane;

    private final InProcessMilvus milvus = new InProcessMilvus();
    private TestNamespace namespace;
    private AliasObjects objects;
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
    void anAliasToBe() {
        MilvusObject.install(controlPlane.client());
        namespace = ControlPlaneExtension.anotherNamespace(controlPlane);
        objects = new AliasObjects(namespace);
        operator = OperatorUnderTest.startInClusterMode(controlPlane);
        objects.alias("products", "one");
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
    }

    @Test
    void serverIsWaitedForFromBeforeItsKindIsInstalled() {
        MilvusObject.uninstall(controlPlane.client());
        connect("");
        assertSaid("Milvus %s can't be looked up: the kind Milvus of milvus.io/v1beta1 is not installed; "
                + "install milvus-operator, or give a uri");

        MilvusObject.install(controlPlane.client());
        assertSaid("there is no Milvus %s");

        MilvusObject server = MilvusObject.create(namespace, "release", "{}");
        assertSaid("Milvus %s has no address yet: there is no Service " + namespace.name()
                + "/release-milvus with a port named milvus");

        start();
        milvus.kill();
        server.serves(milvus);
        assertSaid("milvus-operator has not said yet whether Milvus %s is ready");

        server.isNotReady("component [proxy] is updating");
        assertSaid("Milvus %s is not ready: MilvusComponentNotHealthy: component [proxy] is updating");

        milvus.start();
        server.isReady();
        objects.awaitReady("products", "one");
        assertThat(objects.connection("default").require().getStatus().endpoint())
                .isEqualTo("release-milvus.%s:%d", namespace.name(), URI.create(milvus.uri()).getPort());
    }

    @Test
    void serverThatAnswersIsUsedWhateverIsSaidOfItAlsoAfterARestart() {
        MilvusObject server = usedByItsName();

        server.isNotReady("component [indexnode] is updating");
        operator.close();
        operator = OperatorUnderTest.startInClusterMode(controlPlane);
        objects.point("products", "two");

        objects.awaitReady("products", "two");
    }

    @Test
    void nothingIsSentInTheClearOnceTlsIsAskedFor() {
        MilvusObject server = usedByItsName();
        int calls = milvus.connectionsMade();

        server.isNotReady("component [proxy] is updating");
        objects.patchConnection("default", "{tls: {serverName: milvus.internal}}");
        objects.awaitReason("products", Reason.MilvusNotReady);
        server.isReady();
        assertThat(objects.awaitReason("products", Reason.TLSFailed).message()).endsWith(
                ": it does not speak TLS; set tlsMode in the spec.config of Milvus %s to 1 or 2 and restart its pods, or "
                        .formatted(release()) + "remove spec.tls");

        objects.point("products", "two");
        objects.awaitReason("products", Reason.TLSFailed);
        assertThat(milvus.state().target("default", "products")).contains("one");
        assertThat(milvus.connectionsMade()).isEqualTo(calls);
    }

    /** The order of things with milvus-operator 1.3.8 and a certificate that is mounted, which replaces the pods. */
    @Test
    void tlsThatIsTurnedOnIsWaitedForUntilTheRolloutIsOver() {
        Authority authority = new Authority("authority");
        objects.secret("ca", "ca.crt", authority.certificatePem());
        MilvusObject server = usedByItsName();
        String meanwhile = "; meanwhile, release-milvus.%s:%d: it does not speak TLS".formatted(namespace.name(),
                URI.create(milvus.uri()).getPort());

        server.change("{config: {common: {security: {tlsMode: 1}}}}");
        objects.patchConnection("default", "{tls: {caRef: {name: ca}}}");
        assertSaid("Milvus %s was changed, and milvus-operator has not acted upon that yet" + meanwhile);
        server.isBeingUpdated();
        assertSaid("Milvus %s is being updated: MilvusComponentsUpdating: Milvus components[standalone] are updating"
                + meanwhile);
        assertThat(objects.awaitReason("products", Reason.MilvusNotReady).message()).endsWith(meanwhile);
        milvus.kill();
        server.isNotReady("[standalone] not ready");
        assertSaid("Milvus %s is not ready: MilvusComponentNotHealthy: [standalone] not ready");
        milvus.with(ServerTls.oneWay(authority.issue("dns:release-milvus." + namespace.name())));
        milvus.start();
        objects.awaitConnectionReason("default", Reason.Connected);
        server.isReady();
        objects.point("products", "two");
        objects.awaitReady("products", "two");

        for (String object : List.of("default", "products")) {
            assertThat(objects.events(object)).isNotEmpty()
                    .noneMatch(event -> event.getReason().equals(Reason.TLSFailed.name()));
        }
    }

    @Test
    void serverWithoutAServiceForAMomentIsTheSameServer() {
        MilvusObject server = usedByItsName();

        server.losesItsService();
        assertSaid("Milvus %s has no address yet: there is no Service " + namespace.name()
                + "/release-milvus with a port named milvus");
        objects.point("products", "two");
        objects.awaitReady("products", "two");
        server.serves(milvus);
        objects.awaitConnectionReason("default", Reason.Connected);

        objects.delete("products");
        objects.awaitGone("products");
        assertThat(milvus.state().target("default", "products")).isEmpty();
    }

    @Test
    void aliasIsDroppedAfterItsServersObjectIsGone() {
        MilvusObject server = usedByItsName();

        server.delete();
        assertSaid("there is no Milvus %s");
        objects.delete("products");
        objects.awaitGone("products");

        assertThat(milvus.state().target("default", "products")).isEmpty();
    }

    @Test
    void serverThatIsConfiguredForTlsIsSpokenToInTls() {
        startWithTls();
        release("{config: {common: {security: {tlsMode: 1}}}}").isReady();

        connect(", tls: {caRef: {name: ca}}");

        objects.awaitReady("products", "one");
    }

    @Test
    void serverThatHasTlsFromItsEnvironmentIsSpokenToInTlsIfTheConnectionAsksForIt() {
        startWithTls();
        release("{components: {env: [{name: COMMON_SECURITY_TLSMODE, value: '1'}]}}").isReady();
        connect("");
        assertThat(objects.awaitReason("products", Reason.TLSFailed).message()).endsWith(": the server speaks TLS; "
                + "set spec.tls, to {} if nothing else, since tlsMode in the spec.config of Milvus %s is neither 1 nor 2"
                        .formatted(release()));

        objects.patchConnection("default", "{tls: {caRef: {name: ca}}}");

        objects.awaitReady("products", "one");
    }

    @Test
    void aliasIsHandedOverToAnObjectWhoseServerIsCalledNotReady() {
        MilvusObject server = usedByItsAddressWithARivalByItsName();

        server.isNotReady("component [proxy] is updating");
        operator.close();
        operator = OperatorUnderTest.startInClusterMode(controlPlane);
        objects.delete("products");

        objects.awaitGone("products");
        objects.awaitReady("rival", "two");
        assertThat(milvus.journal().aliasWrites()).noneMatch(write -> write.toString().startsWith("DROP_ALIAS"));
    }

    @Test
    void objectWhoseConnectionLeadsElsewhereSinceIsNoSuccessor() {
        usedByItsAddressWithARivalByItsName();

        objects.patchConnection("by-name", "{milvusRef: {name: other}}");
        assertThat(objects.awaitReason("rival", Reason.MilvusNotReady).message())
                .isEqualTo("there is no Milvus %s/other", namespace.name());
        objects.delete("products");

        objects.awaitGone("products");
        assertThat(milvus.state().target("default", "products")).isEmpty();
    }

    @Test
    void administratorsConnectionNamesOneOfAnotherNamespace() {
        start();
        TestNamespace servers = ControlPlaneExtension.anotherNamespace(controlPlane);
        MilvusObject.create(servers, "shared", "{}").serves(milvus).isReady();
        SharedConnection connection = SharedConnection.create(controlPlane.client(), "of-" + namespace.name(), """
                {milvusRef: {namespace: %s, name: shared},
                 allow: [{namespaces: [%s], databases: [default], aliasPattern: '*'}]}"""
                .formatted(servers.name(), namespace.name()));

        objects.aliasWith("through", "{alias: through, collection: one, connectionRef: {kind: ClusterMilvusConnection, "
                + "name: %s}}".formatted(connection.name()));

        objects.awaitReady("through", "one");
    }

    private MilvusObject usedByItsName() {
        start();
        MilvusObject server = release("{}").isReady();
        connect("");
        objects.awaitReady("products", "one");
        return server;
    }

    private MilvusObject usedByItsAddressWithARivalByItsName() {
        start();
        MilvusObject server = release("{}").isReady();
        objects.connection("default", "{uri: 'http://release-milvus.%s:%d'}".formatted(namespace.name(),
                URI.create(milvus.uri()).getPort()));
        objects.awaitReady("products", "one");
        objects.connection("by-name", BY_NAME.formatted(""));
        objects.aliasWith("rival", "{alias: products, collection: two, connectionRef: {name: by-name}}");
        objects.awaitReason("rival", Reason.Conflict);
        return server;
    }

    private void start() {
        milvus.start();
        for (String collection : new String[]{"one", "two"}) {
            milvus.state().createCollection("default", collection);
            milvus.state().load("default", collection);
        }
    }

    private void startWithTls() {
        Authority authority = new Authority("authority");
        objects.secret("ca", "ca.crt", authority.certificatePem());
        milvus.with(ServerTls.oneWay(authority.issue("dns:release-milvus." + namespace.name())));
        start();
    }

    private void connect(String more) {
        objects.connection("default", BY_NAME.formatted(more));
    }

    private MilvusObject release(String spec) {
        return MilvusObject.create(namespace, "release", spec).serves(milvus);
    }

    private String release() {
        return namespace.name() + "/release";
    }

    private void assertSaid(String sentence) {
        AliasObjects.await("the connection says it", () -> {
            Condition ready = condition();
            assertThat(ready.reason()).isEqualTo(Reason.MilvusNotReady.name());
            assertThat(ready.message()).isEqualTo(sentence.formatted(release()));
        });
    }

    private Condition condition() {
        MilvusConnection connection = objects.connection("default").require();
        assertThat(connection.getStatus()).as("the connection's status").isNotNull();
        return connection.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(ConditionType.Ready.name())).findFirst().orElseThrow();
    }
}
