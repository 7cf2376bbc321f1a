package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.ConnectProxy;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.ServerTls;
import io.fabric8.kubernetes.api.model.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The operator before took 19530 for https without a port. The one after it finds what that one left, and must not take one server
 * for two: a load balancer that leads to the same Milvus by 443, too. The proxy is there for the ports alone.
 */
@ExtendWith(ControlPlaneExtension.class)
class AssumedPortUpgradeIT {

    private static final String HOST = "milvus.invalid";
    private static final String BEFORE = HOST + ":19530";
    private static final String NOW = HOST + ":443";

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    private final Authority authority = new Authority("authority");
    private final InProcessMilvus milvus = new InProcessMilvus()
            .with(ServerTls.oneWay(authority.issue("dns:" + HOST)));
    private final ConnectProxy proxy = new ConnectProxy();
    private AliasObjects objects;

    /** A connection and an alias as the version before left them. */
    @BeforeEach
    void whatWasThereBefore() {
        objects = operator.objects();
        milvus.start();
        proxy.knows(BEFORE, milvus).knows(NOW, milvus);
        for (String collection : List.of("v1", "v2")) {
            milvus.state().createCollection("default", collection);
            milvus.state().load("default", collection);
        }
        objects.secret("ca", "ca.crt", authority.certificatePem());
        connection("old", "https://" + BEFORE);
        objects.aliasWith("products", "{alias: products, collection: v1, connectionRef: {name: old}}");
        objects.awaitReady("products", "v1");
        operator.stop();
        objects.patchConnection("old", "{uri: 'https://%s'}".formatted(HOST));
        objects.connection("old").editStatus(AssumedPortUpgradeIT::asTheVersionBeforeWroteIt);
        milvus.journal().clear();
    }

    @AfterEach
    void stop() {
        proxy.close();
        milvus.close();
    }

    @Test
    void anAliasStaysItsOwnersAtThePortWhereItWas() {
        CollectionAliasStatus before = objects.get("products").getStatus();

        operator.start();

        awaitAssumedPort("old", BEFORE);
        objects.awaitReady("products", "v1");
        CollectionAliasStatus after = objects.get("products").getStatus();
        assertThat(after.owned()).isTrue();
        assertThat(after.endpoint()).isEqualTo(BEFORE);
        assertThat(after.active()).isEqualTo(before.active());
        assertThat(after.history()).isEqualTo(before.history());
        assertThat(milvus.journal().aliasWrites()).isEmpty();
        assertWarned("old");

        objects.point("products", "v2");
        objects.awaitReady("products", "v2");
        objects.delete("products");
        objects.awaitGone("products");
        assertThat(milvus.state().target("default", "products")).isEmpty();
    }

    /** By the same address, of either kind of which the first look may come first. */
    @Test
    void anotherConnectionWithTheAddressIsNoOtherServer() {
        connection("new", "https://" + HOST + "/");
        objects.aliasWith("thief", "{alias: products, collection: v2, adoptionPolicy: Adopt, "
                + "connectionRef: {name: new}}");

        operator.start();

        awaitAssumedPort("new", BEFORE);
        assertWarned("new");
        assertThat(objects.awaitReason("thief", Reason.Conflict).message()).contains("products");
        objects.awaitReady("products", "v1");
        assertThat(milvus.state().target("default", "products")).contains("v1");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
        assertThat(proxy.asked()).doesNotContain(NOW);
    }

    @Test
    void aConnectionThatNeverGotInGoesToTheNewPort() {
        objects.connection("old").editStatus(connection -> {
            connection.setStatus(new MilvusConnectionStatus(1L, null, null, null, List.of()));
            return connection;
        });

        operator.start();

        awaitAssumedPort("old", NOW);
        assertThat(objects.connection("old").get().getStatus().conditions().getFirst().message())
                .contains("443 is assumed");
    }

    @Test
    void thePortIsKeptUntilTheUriChanges() {
        operator.start();
        awaitAssumedPort("old", BEFORE);

        objects.patchConnection("old", "{uri: 'https://%s'}".formatted(NOW));

        awaitAssumedPort("old", NOW);
        assertThat(milvus.state().target("default", "products")).contains("v1");

        objects.patchConnection("old", "{uri: 'https://%s'}".formatted(HOST));
        AliasObjects.await("the uri is noticed", () -> assertThat(objects.connection("old").get().getStatus().uri())
                .isEqualTo("https://" + HOST));
        awaitAssumedPort("old", NOW);
    }

    private void connection(String name, String uri) {
        objects.connection(name, """
                {uri: '%s', httpProxy: {host: 127.0.0.1, port: %d}, tls: {caRef: {name: ca}},
                 timeouts: {connect: 2s, rpc: 3s}}""".formatted(uri, proxy.port()));
    }

    private static MilvusConnection asTheVersionBeforeWroteIt(MilvusConnection connection) {
        MilvusConnectionStatus status = connection.getStatus();
        connection
                .setStatus(new MilvusConnectionStatus(connection.getMetadata().getGeneration(), status.endpoint(), null,
                        status.serverVersion(), status.conditions()));
        return connection;
    }

    private void awaitAssumedPort(String connection, String endpoint) {
        AliasObjects.await(connection + " is at " + endpoint, () -> {
            MilvusConnectionStatus status = objects.connection(connection).get().getStatus();
            assertThat(status).isNotNull();
            assertThat(status.endpoint()).isEqualTo(endpoint);
            assertThat(status.conditions()).filteredOn(condition -> condition.type().equals("Ready"))
                    .allSatisfy(ready -> assertThat(ready.status()).isEqualTo(ConditionStatus.True));
            assertThat(status.uri()).isNotNull();
        });
    }

    private void assertWarned(String connection) {
        AliasObjects.await(connection + " is warned of", () -> assertThat(objects.events(connection))
                .filteredOn(event -> "Warning".equals(event.getType())).extracting(Event::getMessage)
                .anySatisfy(message -> assertThat(message).contains("at " + BEFORE, "19530 is kept")));
    }
}
