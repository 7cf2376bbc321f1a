package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.tls.ClientCertificate;
import dev.collectionalias.milvus.tls.Tls;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Authority.Identity;
import org.junit.jupiter.api.Test;

/** What settings tell, and to whom: they may be printed, by a log or in a message, and nothing goes in the clear by mistake. */
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

    @Test
    void tlsIsSpokenHoweverHttpsIsWrittenAndNothingElseIsTakenForPlainText() {
        assertThat(of("HTTPS://milvus:19530").tls()).isPresent();
        assertThat(of("Http://milvus:19530").tls()).isEmpty();
        assertThatThrownBy(() -> of("tcp://milvus:19530")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("uri must begin with http:// or https://");
    }

    private static ConnectionSettings of(String uri) {
        return ConnectionSettings.of(uri, Credentials.NONE, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }
}
