package dev.collectionalias.plan.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.LoadedPolicy;
import dev.collectionalias.api.v1alpha1.SchemaPolicy;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.cutover.Gate.Judgement;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.Schema.Field;
import dev.collectionalias.plan.seen.Schema.Function;
import org.junit.jupiter.api.Test;

/** Fields inside structs count as others do, and {@code Identical} looks at what the server makes of texts, too. */
class SchemaGateTest {

    private static final Field TEXT = text(Map.of("analyzer_params", "{\"type\":\"english\"}"));
    private static final Function BM25 = new Function("BM25", List.of("text"), List.of("sparse"), Map.of());

    @Test
    void aVectorInAStructHasToHaveTheSameDimensionAndMetric() {
        Schema active = new Schema(List.of(part(16, "MAX_SIM_COSINE")), false);

        assertFails(SchemaPolicy.Compatible, active, new Schema(List.of(part(8, "MAX_SIM_IP")), false),
                "field clips[vector] has dimension 8 instead of 16; field clips[vector] has metric MAX_SIM_IP instead of "
                        + "MAX_SIM_COSINE");
        assertFails(SchemaPolicy.Compatible, active, new Schema(List.of(), false), "field clips[vector] is missing");
        assertThat(judge(SchemaPolicy.Compatible, active, new Schema(List.of(part(16, null)), false)))
                .contains(new Judgement(Verdict.Waiting, "v2 has no index on clips[vector] yet"));
    }

    @Test
    void anotherPartOfAStructIsANewField() {
        Schema active = new Schema(List.of(part(16, "MAX_SIM_IP")), false);
        Schema more = new Schema(List.of(part(16, "MAX_SIM_IP"),
                new Field("clips[title]", "VarChar", Optional.empty(), false, false, Optional.empty())), false);

        assertPasses(SchemaPolicy.Compatible, active, more);
        assertFails(SchemaPolicy.Identical, active, more, "field clips[title] is new");
    }

    @Test
    void anotherAnalyzerIsNotIdentical() {
        Schema active = new Schema(List.of(TEXT), false);
        Schema other = new Schema(List.of(text(Map.of("enable_match", "true"))), false);

        assertPasses(SchemaPolicy.Compatible, active, other);
        assertPasses(SchemaPolicy.Identical, active, active);
        assertFails(SchemaPolicy.Identical, active, other,
                "field text has analyzer_params none instead of {\"type\":\"english\"}; field text has enable_match true "
                        + "instead of none");
    }

    @Test
    void anotherFunctionIsNotIdentical() {
        assertPasses(SchemaPolicy.Compatible, with(BM25), with());
        assertPasses(SchemaPolicy.Identical, with(BM25), with(BM25));
        assertFails(SchemaPolicy.Identical, with(BM25), with(),
                "field sparse is computed by no function instead of BM25");
        assertFails(SchemaPolicy.Identical, with(), with(BM25),
                "field sparse is computed by BM25 instead of no function");
        assertFails(SchemaPolicy.Identical, with(BM25),
                with(new Function("BM25", List.of("title"), List.of("sparse"), Map.of())),
                "field sparse is computed from title instead of text");
    }

    /** A parameter may be a key of the service that computes the field. */
    @Test
    void parametersOfFunctionsAreNamedWithoutTheirValues() {
        assertFails(SchemaPolicy.Identical, with(embedding("small", "key one")), with(embedding("large", "key two")),
                "field dense is computed with another api_key, model_name");
    }

    private static Function embedding(String model, String key) {
        return new Function("TextEmbedding", List.of("text"), List.of("dense"),
                Map.of("model_name", model, "api_key", key, "dim", "4"));
    }

    private static Schema with(Function... functions) {
        return new Schema(List.of(TEXT), false, Arrays.asList(functions));
    }

    private static Field text(Map<String, String> analysis) {
        return new Field("text", "VarChar", Optional.empty(), false, false, Optional.empty(), analysis);
    }

    private static Field part(int dimension, String metric) {
        return new Field("clips[vector]", "FloatVector", Optional.of(dimension), false, false,
                Optional.ofNullable(metric));
    }

    private static void assertPasses(SchemaPolicy policy, Schema active, Schema candidate) {
        assertThat(judge(policy, active, candidate).orElseThrow().verdict()).isEqualTo(Verdict.Passed);
    }

    private static void assertFails(SchemaPolicy policy, Schema active, Schema candidate, String differences) {
        assertThat(judge(policy, active, candidate))
                .contains(new Judgement(Verdict.Failed, "v2 differs from v1: " + differences));
    }

    private static Optional<Judgement> judge(SchemaPolicy policy, Schema active, Schema candidate) {
        return new SchemaGate().judge(new Cutover.Gates(LoadedPolicy.Never, null, policy, null, null, null, null),
                GateCase.schemas(active, candidate));
    }
}
