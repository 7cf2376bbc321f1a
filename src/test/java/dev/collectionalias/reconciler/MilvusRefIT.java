package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusObject;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.ServerTls;
import dev.collectionalias.support.SharedConnection;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to servers that milvus-operator looks after. */
class MilvusRefIT {

    private static final String BY_NAME = "{milvusRef: {name: release}, timeouts: {connect: 2s, rpc: 3s}%s}";

    /** One of its own, since the kind Milvus comes and goes. */
    private static ControlPlane controlPlane;

    private InProcessMilvus milvus = new InProcessMilvus();
    private TestNamespace namespace;
    private AliasObjects objects;
    private OperatorUnderTest operator;

    @BeforeAll
    static void aClusterOfItsOwn() {
        controlPlane = ControlPlaneExtension.another();
        MilvusObject.install(controlPlane.client());
    }

    @AfterAll
    static void stopTheCluster() {
        controlPlane.close();
    }

    @BeforeEach
    void anAliasToBe() {
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
        start();
        connect("");
        assertSaid("Milvus %s can't be looked up: the kind Milvus of milvus.io/v1beta1 is not installed; "
                + "install milvus-operator, or give a uri");

        MilvusObject.install(controlPlane.client());
        assertSaid("there is no Milvus %s");

        MilvusObject server = MilvusObject.create(namespace, "release", "{}");
        assertSaid("milvus-operator has not said yet whether Milvus %s is ready");

        server.isNotReady("component [proxy] is updating");
        assertSaid("Milvus %s is not ready: component [proxy] is updating");

        server.isReady(":19530");
        assertSaid("Milvus %s has no address yet: there is no Service " + namespace.name()
                + "/release-milvus with a port named milvus");

        server.isReadyAt(milvus);
        objects.awaitReady("products", "one");
    }

    @Test
    void serverThatAnswersIsUsedWhateverIsSaidOfIt() {
        start();
        MilvusObject server = MilvusObject.create(namespace, "release", "{}").isReadyAt(milvus);
        connect("");
        objects.awaitReady("products", "one");

        server.isNotReady("component [indexnode] is updating");
        objects.patchConnection("default", "{timeouts: {rpc: 4s}}");
        awaitNewestReport();

        assertThat(condition().status()).isEqualTo(ConditionStatus.True);
        objects.point("products", "two");
        objects.awaitReady("products", "two");
    }

    @Test
    void aliasIsDroppedAfterItsServersObjectIsGone() {
        start();
        MilvusObject server = MilvusObject.create(namespace, "release", "{}").isReadyAt(milvus);
        connect("");
        objects.awaitReady("products", "one");

        server.delete();
        assertSaid("there is no Milvus %s");
        objects.delete("products");
        objects.awaitGone("products");

        assertThat(milvus.state().target("default", "products")).isEmpty();
    }

    @Test
    void serverThatIsConfiguredForTlsIsSpokenToInTls() {
        Authority authority = new Authority("authority");
        milvus = new InProcessMilvus().with(ServerTls.oneWay(authority.issue("ip:127.0.0.1")));
        start();
        objects.secret("ca", "ca.crt", authority.certificatePem());
        MilvusObject.create(namespace, "release", "{config: {common: {security: {tlsMode: 1}}}}").isReadyAt(milvus);

        connect(", tls: {caRef: {name: ca}}");

        objects.awaitReady("products", "one");
    }

    @Test
    void nothingIsSentInTheClearWhereTlsIsAskedFor() {
        start();
        objects.secret("ca", "ca.crt", new Authority("authority").certificatePem());
        MilvusObject.create(namespace, "release", "{}").isReadyAt(milvus);

        connect(", tls: {caRef: {name: ca}}");

        assertThat(objects.awaitReason("products", Reason.TLSFailed).message())
                .isEqualTo(("Milvus %s speaks no TLS (its spec.config.common.security.tlsMode is neither 1 nor 2), but "
                        + "spec.tls is set: configure the one, or remove the other").formatted(release()));
    }

    @Test
    void otherServerIsUsedOnceItIsNamed() {
        start();
        MilvusObject.create(namespace, "release", "{}").isReadyAt(milvus);
        connect("");
        objects.awaitReady("products", "one");

        objects.patchConnection("default", "{milvusRef: {name: other}}");

        assertThat(objects.awaitReason("products", Reason.MilvusNotReady).message())
                .isEqualTo("there is no Milvus %s/other", namespace.name());
    }

    @Test
    void administratorsConnectionNamesOneOfAnotherNamespace() {
        start();
        TestNamespace servers = ControlPlaneExtension.anotherNamespace(controlPlane);
        MilvusObject.create(servers, "shared", "{}").isReadyAt(milvus);
        SharedConnection connection = SharedConnection.create(controlPlane.client(), "of-" + namespace.name(), """
                {milvusRef: {namespace: %s, name: shared},
                 allow: [{namespaces: [%s], databases: [default], aliasPattern: '*'}]}"""
                .formatted(servers.name(), namespace.name()));

        objects.aliasWith("through", "{alias: through, collection: one, connectionRef: {kind: ClusterMilvusConnection, "
                + "name: %s}}".formatted(connection.name()));

        objects.awaitReady("through", "one");
    }

    @Test
    void nameAndAddressOfOneServerAreOneServer() {
        start();
        MilvusObject.create(namespace, "release", "{}").isReadyAt(milvus);
        connect("");
        objects.awaitReady("products", "one");
        objects.connection("by-address", "{uri: '%s'}".formatted(milvus.uri()));

        objects.aliasWith("rival", "{alias: products, collection: two, connectionRef: {name: by-address}}");

        objects.awaitReason("rival", Reason.Conflict);
        assertThat(milvus.state().target("default", "products")).contains("one");
    }

    /** In a JVM of its own, where the names of Services can be looked up as in a cluster. */
    @Test
    void addressIsTheServicesByItsPortsName(@TempDir Path directory) throws IOException {
        operator.close();
        start();
        int port = URI.create(milvus.uri()).getPort();
        MilvusObject.create(namespace, "release", "{}").withService(port).isReady("127.0.0.1:1");
        Path hosts = Files.writeString(directory.resolve("hosts"),
                "127.0.0.1 localhost release-milvus.%s%n".formatted(namespace.name()));
        connect("");

        try (OperatorJvm ignored = OperatorJvm.start(ShippedRole.kubeconfig(controlPlane),
                Map.of("WATCH_NAMESPACES", namespace.name(), "LEADER_ELECTION", "false", "JAVA_TOOL_OPTIONS",
                        "-Djdk.net.hosts.file=" + hosts))
                .awaitReady()) {
            objects.awaitReady("products", "one");
        }

        assertThat(objects.connection("default").require().getStatus().endpoint())
                .isEqualTo("release-milvus.%s:%d", namespace.name(), port);
    }

    private void start() {
        milvus.start();
        for (String collection : new String[]{"one", "two"}) {
            milvus.state().createCollection("default", collection);
            milvus.state().load("default", collection);
        }
    }

    private void connect(String more) {
        objects.connection("default", BY_NAME.formatted(more));
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

    private void awaitNewestReport() {
        AliasObjects.await("the connection was looked at", () -> assertThat(condition().observedGeneration())
                .isEqualTo(objects.connection("default").require().getMetadata().getGeneration()));
    }

    private Condition condition() {
        return objects.connection("default").require().getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(ConditionType.Ready.name())).findFirst().orElseThrow();
    }
}
