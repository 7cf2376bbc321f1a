package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.Authority.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The last test of a run: no operator of any test before it, and none of its own, has shown a secret in a log, a status,
 * an Event, or what its endpoints answer.
 */
@ExtendWith(ControlPlaneExtension.class)
class NoSecretShown {

    private final Authority authority = new Authority("authority");
    private final InProcessMilvus milvus = new InProcessMilvus();
    private AliasObjects objects;

    /** One that refuses what it is shown, so that there is something to complain of. */
    @BeforeEach
    void aConnectionWithEachKindOfSecret(TestNamespace namespace) {
        milvus.with(ServerTls.mutual(authority.issue("ip:127.0.0.1"), authority));
        milvus.accounts().enableAuthorization();
        milvus.start();
        Identity client = authority.issue("dns:client");
        objects = new AliasObjects(namespace);
        objects.secret("milvus", "token", "root:" + SecretLedger.password("a password that is refused"));
        objects.configMap("ca", "ca.crt", authority.certificatePem());
        objects.tlsSecret("client", Map.of("tls.crt", client.certificatePem(), "tls.key", client.keyPem()));
        objects.connection("default", """
                {uri: '%s', auth: {secretRef: {name: milvus}}, tls: {caRef: {kind: ConfigMap, name: ca},
                clientCertSecretRef: {name: client}}}""".formatted(milvus.uri()));
    }

    @AfterEach
    void stop() {
        milvus.close();
    }

    @Test
    void byAnyOperatorOfThisRun(ControlPlane controlPlane, TestNamespace namespace) throws Exception {
        OperatorUnderTest inThisJvm = OperatorUnderTest.start(controlPlane, namespace.name());
        refuse("one", inThisJvm);
        OperatorJvm ofItsOwn = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        refuse("two", ofItsOwn);

        String namespaceAndName = "CollectionAlias %s/".formatted(namespace.name());
        assertKept(namespaceAndName + "one: AuthenticationFailed");
        assertKept(namespaceAndName + "two: AuthenticationFailed");
        assertKept("\"resource\":\"events\",\"namespace\":\"%s\"".formatted(namespace.name()));
        assertKept(
                "\"resource\":\"collectionaliases\",\"namespace\":\"%s\",\"name\":\"two\"".formatted(namespace.name()));
        assertKept("\"subresource\":\"status\"");
        assertKept("operator_sdk_reconciliations_executions_collectionalias");
        assertThat(SecretLedger.names()).containsValues("a password that is refused", "Secret client, key tls.key");

        assertThat(new SecretSearch(SecretLedger.names()).in(Shown.places())).isEmpty();
    }

    private void refuse(String alias, AutoCloseable operator) throws Exception {
        try (operator) {
            objects.alias(alias, "v1");
            objects.awaitReason(alias, Reason.AuthenticationFailed);
        }
    }

    /** What is not kept is not searched. */
    private static void assertKept(String text) {
        assertThat(Shown.places().stream().flatMap(NoSecretShown::files)).as("a place with " + text)
                .anyMatch(file -> contains(file, text));
    }

    private static Stream<Path> files(Path place) {
        try (Stream<Path> tree = Files.walk(place)) {
            return tree.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, String text) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
