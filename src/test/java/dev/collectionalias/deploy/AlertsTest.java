package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.metrics.Metric;
import dev.collectionalias.milvus.MilvusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is woken by an alert is told what it is about and what to do. */
class AlertsTest {

    private static final Path RUNBOOKS = Path.of("docs/runbooks.md");
    private static final Path RULE = Path.of("deploy/helm/alerts/prometheus-rule.yaml");
    private static final String HEAD = """
            # Written by AlertsTest from ../../monitoring/alerts.yaml.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: collection-alias-operator
              namespace: collection-alias-system
              labels:
                app.kubernetes.io/name: collection-alias-operator
            spec:
            """;

    static List<Alert> alerts() throws IOException {
        return Alert.all();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void saysWhatItIsAboutAndLeadsToARunbook(Alert alert) throws IOException {
        assertThat(alert.severity()).isIn("critical", "warning", "info");
        assertThat(alert.annotation("summary")).endsWith(".");
        assertThat(alert.annotation("description")).endsWith(".");
        String anchor = "docs/" + RUNBOOKS.getFileName() + "#" + alert.name().toLowerCase(Locale.ROOT);
        assertThat(alert.annotation("runbook_url")).isEqualTo(anchor);
        assertThat(Files.readAllLines(RUNBOOKS)).contains("## " + alert.name());
    }

    @Test
    void everyRunbookHasAnAlert() throws IOException {
        assertThat(Files.readAllLines(RUNBOOKS)).filteredOn(line -> line.startsWith("## "))
                .containsExactlyElementsOf(Alert.all().stream().map(alert -> "## " + alert.name()).toList());
    }

    /** A misspelt name or value would never fire, and nothing would tell. */
    @ParameterizedTest
    @MethodSource("alerts")
    void asksForWhatThereIs(Alert alert) {
        Set<String> metrics = find("((?:collectionalias|milvus)_\\w+)", alert.expression());
        assertThat(metrics).isNotEmpty().isSubsetOf(Stream.of(Metric.values())
                .flatMap(metric -> Stream.of(metric.key(), metric.key() + "_count")).toList());
        Set<String> values = new HashSet<>();
        find("(?:reason|code)!?=~?\"([^\"]*)\"", alert.expression()).forEach(
                list -> values.addAll(List.of(list.split("\\|"))));
        assertThat(values).isSubsetOf(Stream.concat(Stream.of(Reason.values()),
                Stream.of(MilvusException.Kind.values())).map(Object::toString).toList());
    }

    /** Neither a chart nor a kustomization reads a file outside of its directory. */
    @Test
    void theChartAndTheComponentHaveTheSameAlerts() throws IOException {
        String rules = Files.readString(Alert.FILE);
        String fresh = HEAD + rules.substring(rules.indexOf("groups:")).indent(2);
        String committed = Files.exists(RULE) ? Files.readString(RULE) : "";
        if (!committed.equals(fresh)) {
            Files.writeString(RULE, fresh);
        }
        assertThat(committed).as("%s was stale and has been written anew: look at the change and commit it", RULE)
                .isEqualTo(fresh);
    }

    private static Set<String> find(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
