package dev.collectionalias.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.ServerTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failure is said to be, and what to do about it, where the server has a name and no uri. */
class ManagedMilvusTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String UPDATING = "Milvus shop/release is being updated: MilvusComponentsUpdating: …";

    private final InProcessMilvus milvus = new InProcessMilvus();

    @AfterEach
    void stop() {
        milvus.close();
    }

    @ParameterizedTest
    @CsvSource({"false, false, http", "true, false, https", "false, true, https", "true, true, https"})
    void tlsIsSpokenIfTheMilvusOrTheConnectionAsksForIt(boolean configured, boolean asked, String scheme) {
        assertThat(managed(configured, Optional.empty()).uri(asked)).isEqualTo(scheme + "://" + address());
    }

    @Test
    void serverThatSpeaksTlsForAnotherReasonThanItsConfigurationNeedsItInTheConnection() {
        MilvusException failure = failureOf(serverWithTls(), "http");

        assertThat(managed(false, Optional.empty()).explain(failure, false)).isEqualTo(tlsFailed(
                "the server speaks TLS; set spec.tls, to {} if nothing else, since tlsMode in the spec.config of "
                        + "Milvus shop/release is neither 1 nor 2"));
    }

    @Test
    void serverThatSpeaksNoTlsThoughConfiguredToNeedsARestart() {
        MilvusException failure = failureOf(milvus, "https");

        assertThat(managed(true, Optional.empty()).explain(failure, true)).isEqualTo(tlsFailed(
                "it does not speak TLS; restart its pods, since tlsMode in the spec.config of Milvus shop/release is 1 or "
                        + "2, and milvus-operator leaves pods alone when only the configuration changes"));
    }

    @Test
    void serverThatSpeaksNoTlsThoughTheConnectionAsksForItIsConfiguredOrTheConnectionIs() {
        MilvusException failure = failureOf(milvus, "https");

        assertThat(managed(false, Optional.empty()).explain(failure, true)).isEqualTo(tlsFailed(
                "it does not speak TLS; set tlsMode in the spec.config of Milvus shop/release to 1 or 2 and restart its "
                        + "pods, or remove spec.tls"));
    }

    @Test
    void untilARolloutIsOverNothingIsToBeDone() {
        assertThat(managed(true, Optional.of(UPDATING)).explain(failureOf(milvus, "https"), true))
                .isEqualTo(notReady(UPDATING + "; meanwhile, " + address() + ": it does not speak TLS"));
    }

    /** A rollout that never ends may have that as its cause. */
    @Test
    void untilARolloutIsOverACertificateThatIsNotTrustedIsNamed() {
        Failed failed = managed(true, Optional.of(UPDATING)).explain(failureOf(serverWithTls(), "https"), true);

        assertThat(failed).isEqualTo(notReady(UPDATING + "; meanwhile, " + address() + ": the TLS handshake failed: "
                + "the server's certificate is not signed by an authority that the operator trusts"));
    }

    @Test
    void serverThatDoesNotAnswerIsExplainedByWhatIsSaidOfIt() {
        assertThat(managed(false, Optional.of(UPDATING)).explain(new MilvusException(Kind.UNAVAILABLE, "away", null),
                false)).isEqualTo(notReady(UPDATING));
    }

    @Test
    void whatTheServerItselfSaysStands() {
        MilvusException failure = new MilvusException(Kind.UNAUTHENTICATED, "who are you?", null);

        assertThat(managed(false, Optional.of(UPDATING)).explain(failure, false))
                .isEqualTo(new Failed(Reason.AuthenticationFailed, "who are you?", Loss.NONE));
    }

    private InProcessMilvus serverWithTls() {
        return milvus.with(ServerTls.oneWay(new Authority("authority").issue("ip:127.0.0.1")));
    }

    private static MilvusException failureOf(InProcessMilvus server, String scheme) {
        server.start();
        ConnectionSettings settings = ConnectionSettings.of(server.uri().replaceFirst("https?", scheme),
                Credentials.NONE, DEADLINE, DEADLINE);
        return catchThrowableOfType(MilvusException.class,
                () -> MilvusClient.connect(settings, RpcObserver.NONE).close());
    }

    private ManagedMilvus managed(boolean isConfiguredForTls, Optional<String> unsettled) {
        return new ManagedMilvus(new ObjectName("shop", "release"), address(), isConfiguredForTls, unsettled);
    }

    private String address() {
        return milvus.uri().replaceFirst("https?://", "");
    }

    private Failed tlsFailed(String sentence) {
        return new Failed(Reason.TLSFailed, address() + ": " + sentence, Loss.NONE);
    }

    private static Failed notReady(String sentence) {
        return new Failed(Reason.MilvusNotReady, sentence, Loss.NONE);
    }
}
