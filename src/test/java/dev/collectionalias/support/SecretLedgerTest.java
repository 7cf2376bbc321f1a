package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

/** What of a Secret's content is looked for. */
class SecretLedgerTest {

    @Test
    void aPasswordWithoutItsUser() {
        String password = SecretLedger.password("a password");
        SecretLedger.add("Secret milvus, key token", "root:" + password);

        assertThat(SecretLedger.names()).containsEntry(password, "a password").doesNotContainKey("root:" + password);
    }

    @Test
    void thePrivateKeyAndNotTheCertificate() {
        Authority.Identity client = new Authority("authority").issue("dns:client");
        SecretLedger.add("Secret client", client.certificatePem() + client.keyPem());

        List<String> key = client.keyPem().lines().toList();
        assertThat(SecretLedger.names()).containsEntry(key.get(1), "Secret client")
                .doesNotContainKeys(client.certificatePem().lines().toArray(String[]::new))
                .doesNotContainKey(key.getFirst());
    }

    @Test
    void whatIsFoundByChanceIsRefused() {
        assertThatThrownBy(() -> SecretLedger.add("Secret milvus", "root:Milvus"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("Secret milvus is too short");
    }
}
