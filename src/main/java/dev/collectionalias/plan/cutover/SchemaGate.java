package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.SchemaPolicy;
import dev.collectionalias.plan.OneLine;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.Schema.Field;
import dev.collectionalias.plan.seen.Schema.Function;

/** Clients of the active collection get along with the candidate: the fields that they name are there, and mean the same. */
final class SchemaGate implements Gate {

    /** More differences in one sentence help nobody. */
    private static final int MOST_SHOWN = 3;
    private static final int LONGEST_SETTING = 80;

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
            active.fields().forEach(field -> candidate.field(field.name())
                    .ifPresent(other -> differences.addAll(differencesOfAnalysis(field, other))));
            Stream.concat(active.functions().stream(), candidate.functions().stream()).map(Function::outputs)
                    .distinct()
                    .forEach(fields -> differences.addAll(differences(String.join(", ", fields),
                            active.functionOf(fields), candidate.functionOf(fields))));
        }
        return differences;
    }

    /** The same text has other words if the server takes it apart in another way. */
    private static List<String> differencesOfAnalysis(Field active, Field candidate) {
        return differing(active.analysis(), candidate.analysis()).stream()
                .map(key -> format("field %s has %s %s instead of %s", active.name(), key,
                        setting(candidate.analysis().get(key)), setting(active.analysis().get(key))))
                .toList();
    }

    private static String setting(String value) {
        return value == null ? "none" : OneLine.of(value, LONGEST_SETTING);
    }

    /** Names no value of a parameter, since that may be a key of somebody's service. */
    private static List<String> differences(String fields, Optional<Function> active, Optional<Function> candidate) {
        Optional<String> type = active.map(Function::type);
        Optional<String> otherType = candidate.map(Function::type);
        if (!type.equals(otherType)) {
            return List.of(format("field %s is computed by %s instead of %s", fields,
                    otherType.orElse("no function"), type.orElse("no function")));
        }
        List<String> differences = new ArrayList<>();
        Function before = active.orElseThrow();
        Function after = candidate.orElseThrow();
        if (!before.inputs().equals(after.inputs())) {
            differences.add(format("field %s is computed from %s instead of %s", fields,
                    String.join(", ", after.inputs()), String.join(", ", before.inputs())));
        }
        List<String> params = differing(before.params(), after.params());
        if (!params.isEmpty()) {
            differences.add(format("field %s is computed with another %s", fields, String.join(", ", params)));
        }
        return differences;
    }

    private static List<String> differing(Map<String, String> active, Map<String, String> candidate) {
        return Stream.concat(active.keySet().stream(), candidate.keySet().stream()).distinct().sorted()
                .filter(key -> !Objects.equals(active.get(key), candidate.get(key))).toList();
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
