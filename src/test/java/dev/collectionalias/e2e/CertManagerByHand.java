package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.CertManager;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ServerTls;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Client certificates that a real cert-manager writes and renews, with every kind of key that it makes. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertManagerByHand {

    private static final Path REPORT = Path.of("target/cert-manager-connection-states.md");
    /** Each is renewed when it is a minute old. */
    private static final Duration THREE_ROTATIONS = Duration.ofMinutes(6);
    private static final int ROTATIONS = 3;
    private static final List<Key> KEYS = List.of(Key.values());

    /** What a Certificate can ask for; cert-manager means SEC 1 by PKCS1 where the key is one of an elliptic curve. */
    enum Key {
        RSA_2048_PKCS1, RSA_2048_PKCS8, RSA_4096_PKCS8, ECDSA_256_PKCS1, ECDSA_256_PKCS8, ECDSA_384_PKCS1,
        ECDSA_384_PKCS8, ECDSA_521_PKCS1, ECDSA_521_PKCS8, Ed25519_PKCS8;

        private String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private String privateKey() {
            String[] parts = name().split("_");
            return parts.length == 3
                    ? "{algorithm: %s, size: %s, encoding: %s, rotationPolicy: Always}".formatted((Object[]) parts)
                    : "{algorithm: %s, encoding: %s, rotationPolicy: Always}".formatted((Object[]) parts);
        }
    }

    private final Authority authority = new Authority("authority");
    private final ServerTls tls = ServerTls.mutual(authority.issue("ip:127.0.0.1"), authority);
    private final MilvusServer real = MilvusStandalone.with(tls);
    private final InProcessMilvus counting = new InProcessMilvus().with(tls);
    private final List<String> states = new ArrayList<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Instant began = Instant.now();
    private AliasObjects objects;
    private Kubectl kubectl;
    private CertManager certManager;
    private OperatorJvm operator;
    private Watch watch;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        real.start();
        counting.start();
        certManager = CertManager.in(controlPlane);
        objects = new AliasObjects(namespace);
        kubectl = new Kubectl(controlPlane, namespace.name());
        objects.tlsSecret("authority", Map.of("tls.crt", authority.certificatePem(), "tls.key",
                authority.root().keyPem()));
        objects.secret("ca", "ca.crt", authority.certificatePem());
        objects.secret("milvus", "token", real.token());
        kubectl.apply("""
                apiVersion: cert-manager.io/v1
                kind: Issuer
                metadata: {name: milvus}
                spec: {ca: {secretName: authority}}
                """);
        watch = namespace.client().resources(MilvusConnection.class).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, MilvusConnection connection) {
                connection.getStatus().conditions().stream()
                        .filter(condition -> condition.type().equals("Ready"))
                        .forEach(ready -> note(connection.getMetadata().getName(), ready));
            }

            @Override
            public void onClose(WatcherException cause) {}
        });
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (real;
                counting;
                var third = certManager;
                var second = operator;
                var first = watch) {
            String report = "cert-manager %s%n%n| time | connection | Ready | message |%n| --- | --- | --- | --- |%n%s"
                    .formatted(CertManager.version(), String.join("", states));
            Files.writeString(REPORT, report);
            System.out.println(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRealMilvusIsConnectedWithIt(Key key) {
        connect("real-" + key.label(), key, real, "auth: {secretRef: {name: milvus}}, ");

        objects.awaitConnectionReason("real-" + key.label(), Reason.Connected);
    }

    @Test
    void eachMinuteAnotherCertificateHolds() {
        KEYS.forEach(key -> {
            connect(key.label(), key, counting, "");
            objects.awaitConnectionReason(key.label(), Reason.Connected);
        });
        int before = counting.connectionsMade();

        Awaitility.await("all are renewed").atMost(THREE_ROTATIONS).pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(KEYS).allSatisfy(
                        key -> assertThat(revision(key.label())).isGreaterThan(ROTATIONS)));

        AliasObjects.await("each has a client of its own", () -> assertThat(counting.openConnections())
                .containsExactlyInAnyOrderElementsOf(KEYS.stream().map(key -> "CN=" + key.label()).toList()));
        assertThat(counting.connectionsMade() - before).isGreaterThanOrEqualTo(ROTATIONS * KEYS.size());
        assertThat(lost).as("what was connected before").isEmpty();
    }

    private void connect(String name, Key key, MilvusServer milvus, String auth) {
        kubectl.apply("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: %1$s}
                spec:
                  secretName: %1$s
                  issuerRef: {name: milvus}
                  commonName: %1$s
                  usages: [client auth]
                  duration: 1h
                  renewBefore: 59m
                  privateKey: %2$s
                """.formatted(name, key.privateKey()));
        objects.connection(name, "{uri: '%s', %stls: {caRef: {name: ca}, clientCertSecretRef: {name: %s}}}"
                .formatted(milvus.uri(), auth, name));
    }

    private int revision(String certificate) {
        return Integer.parseInt(kubectl.run("get", "certificate", certificate, "-o", "jsonpath={.status.revision}"));
    }

    private synchronized void note(String connection, Condition ready) {
        String before = reasons.put(connection, ready.reason());
        if (!ready.reason().equals(before)) {
            states.add("| %.1f s | %s | %s %s | %s |%n".formatted(
                    Duration.between(began, Instant.now()).toMillis() / 1e3, connection, ready.status(),
                    ready.reason(), ready.message()));
        }
        if (Reason.Connected.name().equals(before) && !ready.reason().equals(before)) {
            lost.add(connection + ": " + ready.message());
        }
    }
}
