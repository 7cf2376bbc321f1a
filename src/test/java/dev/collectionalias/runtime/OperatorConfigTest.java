package dev.collectionalias.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.webhook.WebhookPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a wrong or absent environment variable leads to. */
class OperatorConfigTest {

    @Test
    void everythingHasADefault() {
        OperatorConfig config = OperatorConfig.from(Map.of("HOSTNAME", "pod-1"));

        assertThat(config.namespaces()).isEmpty();
        assertThat(config.leaderElection()).isTrue();
        assertThat(config.lease()).hasToString("collection-alias-system/collection-alias-operator");
        assertThat(config.identity()).isEqualTo("pod-1");
        assertThat(config.httpPort()).isEqualTo(8080);
        assertThat(config.pagePort()).isEmpty();
        assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.webhooks()).isEqualTo(WebhookPolicy.OWN_NAMESPACE);
    }

    @Test
    void thePageIsWhereItIsAskedFor() {
        assertThat(OperatorConfig.from(Map.of("PAGE_PORT", "8081")).pagePort()).hasValue(8081);
    }

    @Test
    void theLeaseIsInTheNamespaceOfThePod() {
        assertThat(OperatorConfig.from(Map.of("LEASE_NAME", "shop-operator", "POD_NAMESPACE", "shop")).lease())
                .isEqualTo(new ObjectName("shop", "shop-operator"));
    }

    @Test
    void namespacesAreSeparatedByCommas() {
        assertThat(OperatorConfig.from(Map.of("WATCH_NAMESPACES", "shop, search,")).namespaces())
                .containsExactlyInAnyOrder("shop", "search");
    }

    @Test
    void webhookHostsAreSeparatedByCommas() {
        WebhookPolicy webhooks = OperatorConfig
                .from(Map.of("WEBHOOK_ALLOWED_HOSTS", "Hooks.example.com, *.example.org,")).webhooks();

        assertThat(webhooks.allowedHosts()).containsExactlyInAnyOrder("hooks.example.com", "*.example.org");
        assertThat(webhooks.loopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"HTTP_PORT,99999", "HTTP_PORT,http", "PAGE_PORT,true", "LEADER_ELECTION,yes", "STOP_TIMEOUT,20",
            "LOG_LEVEL,loud", "LEASE_NAME,Shop", "LEASE_NAME,shop/lease", "LEASE_NAME,-shop",
            "WEBHOOK_ALLOWED_HOSTS,https://hooks.example.com", "WEBHOOK_ALLOWED_HOSTS,hooks.example.com:8443",
            "WEBHOOK_ALLOWED_HOSTS,*", "WEBHOOK_ALLOWED_HOSTS,gate", "WEBHOOK_ALLOWED_HOSTS,10.0.0.1",
            "WEBHOOK_ALLOWED_HOSTS,hooks.*.com", "WEBHOOK_ALLOWED_HOSTS,*example.com"})
    void aWrongValueIsRefusedBySayingWhatItMayBe(String variable, String value) {
        assertThatThrownBy(() -> OperatorConfig.from(Map.of(variable, value)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(variable + " is '" + value + "'")
                .hasMessageContaining("must be");
    }
}
