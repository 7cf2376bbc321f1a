package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.NotAMilvus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why an address is no Milvus: each cause has a sentence of its own, on the connection and on the alias that uses it. */
class ConnectionFailuresIT extends AliasStage {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @BeforeEach
    void anAliasThatUsesAnotherConnection() {
        operator.collections("products_v1");
        objects.aliasWith("products", "{alias: products, collection: products_v1, connectionRef: {name: other}}");
    }

    @Test
    void missingConnectionIsNamedAndHealsTheAliasWhenItComes() {
        Condition ready = objects.awaitReason("products", Reason.ConnectionNotFound);

        assertThat(ready.message())
                .isEqualTo("there is no MilvusConnection other in namespace " + operator.namespace().name());
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();

        connectTo(milvus.uri());

        assertTimeout(AT_ONCE, () -> objects.awaitReady("products", "products_v1"));
    }

    @Test
    void changedAddressHealsTheAlias() {
        try (NotAMilvus web = NotAMilvus.webServer()) {
            connectTo("http://" + web.address());
            assertSaid(Reason.ConnectionFailed, "this is no gRPC port; Milvus' is 19530 unless it was changed");
        }

        objects.patchConnection("other", "{uri: '%s'}".formatted(milvus.uri()));

        assertTimeout(AT_ONCE, () -> objects.awaitReady("products", "products_v1"));
    }

    @Test
    void portThatNothingListensOn() {
        try (InProcessMilvus late = new InProcessMilvus()) {
            connectTo(late.uri());
            assertSaid(Reason.ConnectionFailed, "nothing listens on this port");
            assertThat(objects.condition("products", ConditionType.Reconciling)).isPresent();

            late.state().createCollection("default", "products_v1");
            late.start();

            objects.awaitReady("products", "products_v1");
        }
    }

    @Test
    void portThatDoesNotAnswer() {
        try (NotAMilvus silent = NotAMilvus.silent()) {
            connectTo("http://" + silent.address());

            assertSaid(Reason.ConnectionFailed, "no answer within 1000 ms");
        }
    }

    @Test
    void hostThatNobodyKnows() {
        connectTo("http://milvus.invalid:19530");

        assertSaid(Reason.ConnectionFailed, "milvus.invalid:19530: the host can't be looked up");
    }

    @Test
    void tlsWhereTheServerHasNone() {
        connectTo(milvus.uri().replace("http://", "https://"));

        assertSaid(Reason.TLSFailed, "it does not speak TLS; use http:// if that is intended");
    }

    @Test
    void noTlsWhereTheServerAsksForIt() {
        try (NotAMilvus tls = NotAMilvus.tlsServer()) {
            connectTo("http://" + tls.address());

            assertSaid(Reason.TLSFailed, "use https://");
        }
    }

    @Test
    void certificateThatNobodyTrusts() {
        try (NotAMilvus tls = NotAMilvus.tlsServer()) {
            connectTo("https://" + tls.address());

            assertSaid(Reason.TLSFailed, "the TLS handshake failed: the server's certificate is not signed "
                    + "by an authority that the operator trusts");
        }
    }

    @Test
    void anotherGrpcServer() {
        try (NotAMilvus other = NotAMilvus.grpcServer()) {
            connectTo("http://" + other.address());

            assertSaid(Reason.ConnectionFailed, "this is a gRPC server, but not a Milvus");
        }
    }

    @Test
    void milvusThatIsTooOldToDescribeAliases() {
        try (InProcessMilvus old = new InProcessMilvus("v2.2.9")) {
            old.start();
            connectTo(old.uri());

            assertSaid(Reason.UnsupportedServer,
                    "Milvus v2.2.9 is too old: 2.3.5 is the first version that can describe aliases");
            assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();
            assertThat(old.journal().aliasWrites()).isEmpty();
        }
    }

    private void connectTo(String uri) {
        objects.connection("other", "{uri: '%s', timeouts: {connect: 1s, rpc: 2s}}".formatted(uri));
    }

    /** On the alias, on its connection and in the connection's Events: the same sentence, and nothing but a sentence. */
    private void assertSaid(Reason reason, String sentence) {
        Condition ready = objects.awaitReason("products", reason);

        assertThat(ready.message()).contains(sentence).doesNotContain("Exception", "\n", "\tat ");
        objects.awaitConnectionReason("other", reason);
        objects.awaitEvent("other", reason, ready.message());
    }
}
