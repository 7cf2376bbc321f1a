package dev.collectionalias.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CaKind;
import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.kubernetes.SettingsReader.Settings;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** What a connection says of its proxy, and what the Secret has to have in it. */
class ProxySettingsTest {

    private static final String PASSWORD = "Pw-0123456789";
    private static final MilvusConnection CONNECTION = connection(MilvusConnection.class,
            "namespace: shop, ", "name: proxy-user");

    @Test
    void theSecretIsFollowed() {
        assertThat(SettingsReader.references(CONNECTION))
                .containsExactly(new Reference(CaKind.Secret, new ObjectName("shop", "proxy-user")));
        assertThat(SettingsReader.references(connection(ClusterMilvusConnection.class, "",
                "namespace: network, name: proxy-user")))
                .containsExactly(new Reference(CaKind.Secret, new ObjectName("network", "proxy-user")));
    }

    @Test
    void thePasswordIsInNoText() {
        Settings settings = read(CONNECTION, Map.of("username", "app", "password", PASSWORD + "\n"));

        assertThat(settings).isInstanceOf(Settings.Complete.class);
        assertThat(settings.toString()).contains("proxy.example.com:3128").doesNotContain(PASSWORD);
    }

    @Test
    void whatIsWrongWithTheSecretIsSaid() {
        assertIncomplete(Map.of("username", "app"), "Secret shop/proxy-user has no key password with something in it");
        assertIncomplete(Map.of("password", PASSWORD),
                "Secret shop/proxy-user has no key username with something in it");
        assertIncomplete(Map.of("username", "corp:app", "password", PASSWORD),
                "Secret shop/proxy-user: in its key username, a proxy's user can have no colon in the name");
    }

    private static void assertIncomplete(Map<String, String> entries, String why) {
        assertThat(read(CONNECTION, entries))
                .isEqualTo(new Settings.Incomplete(Reason.SecretInvalid, why, SettingsReader.Lack.NONE));
    }

    private static Settings read(MilvusConnection connection, Map<String, String> entries) {
        return SettingsReader.read(connection, reference -> Optional.of(entries),
                milvus -> new ManagedMilvuses.Nowhere("not asked for", SettingsReader.Lack.GONE));
    }

    private static <C extends ServerConnection<?>> C connection(Class<C> kind, String namespace, String secret) {
        return Serialization.unmarshal("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: %s
                metadata: {%sname: default}
                spec:
                  uri: https://milvus.example.com
                  httpProxy: {host: proxy.example.com, port: 3128, secretRef: {%s}}
                """.formatted(kind.getSimpleName(), namespace, secret), kind);
    }
}
