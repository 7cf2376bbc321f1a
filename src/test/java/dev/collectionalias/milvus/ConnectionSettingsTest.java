package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Authority.Identity;
import org.junit.jupiter.api.Test;

/** Settings may be printed, by a log or in a message, and tell nobody how to get in. */
class ConnectionSettingsTest {

    @Test
    void noTextOfThemHasASecretInIt() {
        Identity client = new Authority("authority").issueRsa("dns:client");
        ClientCertificate certificate = ClientCertificate.of(client.certificatePem(), client.keyPem());
        ConnectionSettings settings = ConnectionSettings
                .of("https://milvus:19530", Credentials.usernamePassword("app", "Pw-0123456789"), Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .with(new Tls(List.of(), Optional.of(certificate), Optional.empty()));

        assertThat(settings.credentials()).hasToString("token ***");
        assertThat(Credentials.NONE).hasToString("none");
        assertThat(settings.toString()).contains("milvus:19530", "token ***", "a client certificate")
                .doesNotContain("Pw-0123456789").doesNotContain(client.keyPem().lines().skip(1).limit(20).toList());
        assertThat(certificate.toString()).doesNotContain(client.keyPem().lines().skip(1).limit(20).toList());
    }
}
