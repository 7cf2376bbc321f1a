package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.metrics.Metric;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.PrometheusPrograms;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.Scrape.Series;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus gets to see of an alias' life. */
class MetricsIT extends AliasStage {

    /** What promtool ends with where it only does not like a name. */
    private static final int LINT = 3;
    private static final String PRODUCTS = "name=\"products\"";

    @BeforeEach
    void anAliasInUse() {
        operator.collections("products_v1", "products_v2");
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");
    }

    @Test
    void showsWhatAnAliasIsAndHowItIs() {
        assertValue("collectionalias_info", PRODUCTS + ",alias=\"products\",database=\"default\","
                + "collection=\"products_v1\",active=\"products_v1\",connection=\"" + connection() + "\"", 1);
        assertValue("collectionalias_ready", PRODUCTS, 1);
        assertValue("collectionalias_serving", PRODUCTS, 1);
        assertValue("collectionalias_gate_waiting_seconds", PRODUCTS, 0);
        assertValue("collectionalias_awaiting_promotion_seconds", PRODUCTS, 0);
        assertValue("collectionalias_operator_leading", "", 1);
        assertValue("milvus_connection_up", "connection=\"" + connection() + "\"", 1);
        assertThat(value("collectionalias_stalled", PRODUCTS)).isEmpty();

        state.release("default", "products_v1");

        awaitValue("collectionalias_serving", PRODUCTS, 0);
    }

    @Test
    void countsSwitchesByCauseAndResult() {
        assertSwitches("Created", "done", 1);
        assertSwitches("SpecChanged", "done", 0); // so that the first one is seen as a change

        milvus.faults().on(Rpc.ALTER_ALIAS).fail(1402, "privilege not permitted");
        objects.point("products", "products_v2");
        objects.awaitReason("products", Reason.PermissionDenied);

        AliasObjects.await("the failure is counted", () -> assertThat(value("collectionalias_switch_total",
                PRODUCTS + ",cause=\"SpecChanged\",result=\"failed\"").orElseThrow()).isPositive());
        awaitValue("collectionalias_stalled", PRODUCTS + ",reason=\"PermissionDenied\"", 1);
        assertValue("collectionalias_ready", PRODUCTS, 0);

        milvus.faults().clear();
        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "now");
        objects.awaitReady("products", "products_v2");

        awaitValue("collectionalias_switch_total", PRODUCTS + ",cause=\"SpecChanged\",result=\"done\"", 1);
        assertValue("collectionalias_switch_seconds_count", "connection=\"" + connection() + "\"", 2);
        assertThat(value("collectionalias_stalled", PRODUCTS)).isEmpty();
    }

    @Test
    void measuresCallsByMethodAndCode() {
        milvus.faults().on(Rpc.ALTER_ALIAS).fail(1402, "privilege not permitted");
        objects.point("products", "products_v2");
        objects.awaitReason("products", Reason.PermissionDenied);

        String connection = ",connection=\"" + connection() + "\"";
        assertValue("milvus_rpc_seconds_count", "method=\"createAlias\",code=\"OK\"" + connection, 1);
        assertThat(value("milvus_rpc_seconds_count", "method=\"alterAlias\",code=\"PERMISSION_DENIED\"" + connection))
                .isPresent();
        // What a call is about would make labels without an end.
        assertThat(operator.scrape().with(connection)).extracting(series -> series.labels().get("method"))
                .filteredOn(method -> method != null).allMatch(method -> method.matches("[a-zA-Z]+"));
    }

    @Test
    void countsWhatBecameOfDrift() {
        assertDrift("corrected", 0);
        state.setAlias("default", "products", "products_v2");
        lookNow();
        awaitDrift("corrected", 1);
        assertSwitches("Drift", "done", 1);

        objects.patchSpec("products", "{driftPolicy: Report}");
        objects.awaitReady("products", "products_v1");
        state.setAlias("default", "products", "products_v2");
        objects.awaitReason("products", Reason.Drifted);

        awaitDrift("left", 1);
        assertDrift("corrected", 1);
        assertDrift("contested", 0);
    }

    @Test
    void countsObjectsThatClaimOneAlias() {
        assertValue("collectionalias_conflicts", "", 0);

        objects.aliasWith("rival", "{alias: products, collection: products_v2}");
        objects.awaitReason("rival", Reason.Conflict);

        awaitValue("collectionalias_conflicts", "", 1);
        assertValue("collectionalias_stalled", "name=\"rival\",reason=\"Conflict\"", 1);

        objects.delete("rival");
        objects.awaitGone("rival");
        awaitValue("collectionalias_conflicts", "", 0);
    }

    @Test
    void tellsHowLongACandidateWaits() {
        objects.patchSpec("products", "{collection: products_v3, cutover: {promotion: {mode: Manual}}}");
        state.createCollection("default", "products_v3");

        AliasObjects.await("the gates are waited for", () -> assertThat(
                value("collectionalias_gate_waiting_seconds", PRODUCTS).orElseThrow()).isPositive());
        assertValue("collectionalias_awaiting_promotion_seconds", PRODUCTS, 0);

        state.load("default", "products_v3");
        objects.awaitReason("products", Reason.AwaitingPromotion);

        AliasObjects.await("an approval is waited for", () -> assertThat(
                value("collectionalias_awaiting_promotion_seconds", PRODUCTS).orElseThrow()).isPositive());
        assertValue("collectionalias_gate_waiting_seconds", PRODUCTS, 0);
    }

    @Test
    void nothingIsLeftOfWhatIsGone() {
        operator.scrape();
        objects.delete("products");
        objects.awaitGone("products");
        AliasObjects.await("no series of the alias", () -> assertThat(operator.scrape().with(PRODUCTS)).isEmpty());

        objects.connection("default").delete();
        AliasObjects.await("no series of the connection", () -> assertThat(
                operator.scrape().with("connection=\"" + connection() + "\"")).isEmpty());
    }

    /** Whoever takes a finalizer away does not tell the operator. */
    @Test
    void nothingIsLeftOfWhatWasTakenAway() {
        operator.scrape();
        milvus.faults().on(Rpc.DROP_ALIAS).fail(1402, "privilege not permitted");
        objects.delete("products");
        objects.awaitReason("products", Reason.PermissionDenied);
        assertThat(operator.scrape().with(PRODUCTS)).isNotEmpty();

        objects.named("products").edit(alias -> {
            alias.getMetadata().setFinalizers(List.of());
            return alias;
        });
        objects.awaitGone("products");

        AliasObjects.await("no series of the alias", () -> assertThat(operator.scrape().with(PRODUCTS)).isEmpty());
    }

    /** Else it would be counted twice while one operator goes and the other one comes. */
    @Test
    void aNewOperatorTellsWhatItSeesAndNothingElse() {
        objects.alias("prices", "products_v2");
        objects.awaitReady("prices", "products_v2");
        operator.stop();
        objects.named("prices").edit(alias -> {
            alias.getMetadata().setFinalizers(List.of());
            return alias;
        });
        objects.delete("prices");
        objects.awaitGone("prices");

        operator.start();

        awaitValue("collectionalias_ready", PRODUCTS, 1);
        assertThat(operator.scrape().with("name=\"prices\"")).isEmpty();
    }

    @Test
    void prometheusCanReadThem() {
        String text = operator.scrape().text();

        Outcome checked = PrometheusPrograms.find().promtool(text, "check", "metrics");

        assertThat(checked.stderr()).doesNotContain("error while linting", "collectionalias_", "milvus_");
        assertThat(checked.exitCode()).isIn(0, LINT); // what libraries call their metrics is theirs
    }

    @Test
    void everySeriesIsAsTheReferenceSays() {
        lookNow();
        objects.aliasWith("rival", "{alias: products, collection: products_v2}");
        objects.awaitReason("rival", Reason.Conflict);

        List<Series> own = operator.scrape().series().stream()
                .filter(series -> series.name().startsWith("collectionalias_") || series.name().startsWith("milvus_"))
                .toList();
        // Without an election nobody is the leader; LeaderElectionIT has that one.
        for (Metric metric : EnumSet.complementOf(EnumSet.of(Metric.LEADER))) {
            List<Series> found = own.stream().filter(series -> base(series.name()).equals(metric.key())).toList();
            assertThat(found).as(metric.key()).isNotEmpty().allSatisfy(series -> assertThat(
                    series.labels().keySet().stream().filter(label -> !label.equals("le")).toList())
                    .containsExactlyInAnyOrderElementsOf(metric.labels().stream().map(label -> label.key()).toList()));
        }
        assertThat(own.stream().map(series -> base(series.name())).collect(Collectors.toSet()))
                .isSubsetOf(Stream.of(Metric.values()).map(Metric::key).toList());
    }

    private static String base(String name) {
        return name.replaceFirst("_(bucket|sum|count|max)$", "");
    }

    private String connection() {
        return operator.namespace().name() + "/default";
    }

    private void lookNow() {
        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "now");
    }

    private OptionalDouble value(String metric, String labels) {
        return operator.scrape().value(metric, labels);
    }

    private void assertValue(String metric, String labels, double value) {
        assertThat(value(metric, labels)).as(() -> metric + "{" + labels + "}").hasValue(value);
    }

    private void awaitValue(String metric, String labels, double value) {
        AliasObjects.await(metric + "{" + labels + "}", () -> assertValue(metric, labels, value));
    }

    private void assertSwitches(String cause, String result, double count) {
        assertValue("collectionalias_switch_total",
                PRODUCTS + ",cause=\"" + cause + "\",result=\"" + result + "\"", count);
    }

    private void assertDrift(String result, double count) {
        assertValue("collectionalias_drift_total", PRODUCTS + ",result=\"" + result + "\"", count);
    }

    private void awaitDrift(String result, double count) {
        awaitValue("collectionalias_drift_total", PRODUCTS + ",result=\"" + result + "\"", count);
    }
}
