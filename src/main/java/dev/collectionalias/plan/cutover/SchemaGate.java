package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.SchemaPolicy;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.Schema.Field;

/** Clients of the active collection get along with the candidate: the fields that they name are there, and mean the same. */
final class SchemaGate implements Gate {

    /** More differences in one sentence help nobody. */
    private static final int MOST_SHOWN = 3;

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts) {
        if (spec.schema() == SchemaPolicy.Ignore || facts.baseline().isEmpty()) {
            return Optional.empty();
        }
        CollectionFacts baseline = facts.baseline().get();
        if (baseline.schema().isEmpty() || facts.candidate().schema().isEmpty()) {
            return Judgement.waiting("the schema could not be read");
        }
        return judge(spec.schema(), baseline.state().name(), baseline.schema().get(),
                facts.candidate().state().name(), facts.candidate().schema().get());
    }

    private static Optional<Judgement> judge(SchemaPolicy policy, String activeName, Schema active,
            String candidateName, Schema candidate) {
        List<String> differences = differences(policy, active, candidate);
        if (!differences.isEmpty()) {
            int more = differences.size() - MOST_SHOWN;
            return Judgement.failed(format("%s differs from %s: %s%s", candidateName, activeName,
                    String.join("; ", differences.subList(0, Math.min(MOST_SHOWN, differences.size()))),
                    more > 0 ? format("; and %d more", more) : ""));
        }
        List<String> unindexed = active.fields().stream().filter(field -> field.metric().isPresent())
                .filter(field -> candidate.field(field.name()).flatMap(Field::metric).isEmpty()).map(Field::name)
                .toList();
        return unindexed.isEmpty()
                ? Judgement
                        .passed(format("%s has all %d fields of %s", candidateName, active.fields().size(), activeName))
                : Judgement.waiting(format("%s has no index on %s yet", candidateName, String.join(", ", unindexed)));
    }

    private static List<String> differences(SchemaPolicy policy, Schema active, Schema candidate) {
        List<String> differences = new ArrayList<>();
        for (Field field : active.fields()) {
            candidate.field(field.name()).ifPresentOrElse(other -> differences.addAll(differences(field, other)),
                    () -> differences.add(format("field %s is missing", field.name())));
        }
        if (active.dynamic() && !candidate.dynamic()) {
            differences.add("fields beyond the schema are not allowed");
        }
        if (policy == SchemaPolicy.Identical) {
            candidate.fields().stream().filter(field -> active.field(field.name()).isEmpty())
                    .forEach(field -> differences.add(format("field %s is new", field.name())));
            if (candidate.dynamic() && !active.dynamic()) {
                differences.add("fields beyond the schema are allowed");
            }
        }
        return differences;
    }

    private static List<String> differences(Field active, Field candidate) {
        List<String> differences = new ArrayList<>();
        if (!active.type().equals(candidate.type())) {
            differences.add(format("field %s is %s instead of %s", active.name(), candidate.type(), active.type()));
        }
        if (!active.dimension().equals(candidate.dimension())) {
            differences.add(format("field %s has dimension %s instead of %s", active.name(),
                    text(candidate.dimension()), text(active.dimension())));
        }
        if (active.primaryKey() != candidate.primaryKey()) {
            differences.add(format("field %s is %s primary key", active.name(),
                    candidate.primaryKey() ? "a" : "no"));
        }
        if (active.nullable() != candidate.nullable()) {
            differences
                    .add(format("field %s is %s", active.name(), candidate.nullable() ? "nullable" : "not nullable"));
        }
        if (active.metric().isPresent() && candidate.metric().isPresent()
                && !active.metric().equals(candidate.metric())) {
            differences.add(format("field %s has metric %s instead of %s", active.name(), text(candidate.metric()),
                    text(active.metric())));
        }
        return differences;
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("none");
    }
}
