package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.PrometheusPrograms;
import org.junit.jupiter.api.Test;

/** Prometheus reads the alerts, and they fire when they should. */
class AlertRulesIT {

    private static final Path TESTS = Path.of("src/test/resources/monitoring/alerts-test.yaml");

    private final PrometheusPrograms prometheus = PrometheusPrograms.find();

    @Test
    void rulesAreWellFormed() {
        Outcome checked = prometheus.promtool("", "check", "rules", "--lint-fatal", Alert.FILE.toString());

        assertThat(checked.exitCode()).as(checked.stdout() + checked.stderr()).isZero();
    }

    @Test
    void alertsFireWhenTheyShould() {
        Outcome tested = prometheus.promtool("", "test", "rules", TESTS.toString());

        assertThat(tested.exitCode()).as(tested.stdout() + tested.stderr()).isZero();
    }

    @Test
    void everyAlertIsSeenBothToFireAndToBeSilent() throws IOException {
        Set<String> firing = new HashSet<>();
        Set<String> silent = new HashSet<>();
        for (JsonNode test : new ObjectMapper(new YAMLFactory()).readTree(TESTS.toFile()).get("tests")) {
            test.get("alert_rule_test").forEach(expected -> (expected.get("exp_alerts").isEmpty() ? silent : firing)
                    .add(expected.get("alertname").asText()));
        }

        Set<String> alerts = Alert.all().stream().map(Alert::name).collect(Collectors.toSet());
        assertThat(firing).isEqualTo(alerts);
        assertThat(silent).isEqualTo(alerts);
    }
}
