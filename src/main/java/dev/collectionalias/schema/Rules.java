package dev.collectionalias.schema;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;

/**
 * The rules of a schema ({@code x-kubernetes-validations}), in CEL. A rule with {@code oldSelf} is about a change, and needs
 * the object before the change.
 */
final class Rules {

    private static final String SELF = "self";
    private static final String OLD_SELF = "oldSelf";
    private static final Pattern ABOUT_A_CHANGE = Pattern.compile("\\boldSelf\\b");
    /** Whole numbers are long in CEL. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS).addVar(SELF, SimpleType.DYN)
            .addVar(OLD_SELF, SimpleType.DYN)
            .setResultType(SimpleType.BOOL).build();
    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

    /** @param object whose structure follows the schema, with its defaults */
    List<Finding> findings(JSONSchemaProps schema, JsonNode object) {
        List<Finding> findings = new ArrayList<>();
        visit(schema, object, "", findings);
        return findings;
    }

    private void visit(JSONSchemaProps schema, JsonNode value, String path, List<Finding> findings) {
        for (ValidationRule rule : schema.getXKubernetesValidations()) {
            if (!isAboutAChange(rule) && !holds(rule, Map.of(SELF, plain(value)))) {
                findings.add(broken(rule, value, path));
            }
        }
        if (value.isObject()) {
            schema.getProperties().forEach((field, of) -> {
                if (value.has(field)) {
                    visit(of, value.get(field), StructureCheck.below(path, field), findings);
                }
            });
        }
        if (value.isArray() && schema.getItems() != null) {
            for (int i = 0; i < value.size(); i++) {
                visit(schema.getItems().getSchema(), value.get(i), format("%s[%d]", path, i), findings);
            }
        }
    }

    /**
     * The findings of the rules about changes. Rules of a list's elements are left out. The API server applies them only if it
     * knows which old element belongs to which new one.
     */
    List<Finding> changeFindings(JSONSchemaProps schema, JsonNode before, JsonNode after) {
        List<Finding> findings = new ArrayList<>();
        visitChange(schema, before, after, "", findings);
        return findings;
    }

    private void visitChange(JSONSchemaProps schema, JsonNode before, JsonNode after, String path,
            List<Finding> findings) {
        for (ValidationRule rule : schema.getXKubernetesValidations()) {
            if (isAboutAChange(rule) && !holds(rule, Map.of(SELF, plain(after), OLD_SELF, plain(before)))) {
                findings.add(broken(rule, after, path));
            }
        }
        schema.getProperties().forEach((field, of) -> {
            if (before.has(field) && after.has(field)) {
                visitChange(of, before.get(field), after.get(field), StructureCheck.below(path, field), findings);
            }
        });
    }

    private static Finding broken(ValidationRule rule, JsonNode value, String path) {
        return Finding.invalid(path, value.isContainerNode() ? "\"object\"" : value.toString(), message(rule));
    }

    private static Object plain(JsonNode value) {
        return JSON.convertValue(value, Object.class);
    }

    /** A rule that can't be evaluated does not hold, as in the API server. */
    private boolean holds(ValidationRule rule, Map<String, Object> variables) {
        try {
            return (boolean) programs.computeIfAbsent(rule.getRule(), this::program).eval(variables);
        } catch (CelEvaluationException e) {
            return false;
        }
    }

    private CelRuntime.Program program(String rule) {
        try {
            return runtime.createProgram(compiler.compile(rule).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("a rule of a CRD can't be read: " + rule, e);
        }
    }

    /** The messages of the rules about changes, from everywhere in the schema. */
    static List<String> aboutChanges(JSONSchemaProps schema) {
        List<String> messages = new ArrayList<>();
        eachRule(schema, "", (path, rule) -> {
            if (isAboutAChange(rule)) {
                messages.add(path + ": " + message(rule));
            }
        });
        return messages;
    }

    private static void eachRule(JSONSchemaProps schema, String path, BiConsumer<String, ValidationRule> visitor) {
        schema.getXKubernetesValidations().forEach(rule -> visitor.accept(path, rule));
        schema.getProperties().forEach((field, of) -> eachRule(of, StructureCheck.below(path, field), visitor));
        if (schema.getItems() != null) {
            eachRule(schema.getItems().getSchema(), path + "[]", visitor);
        }
    }

    private static boolean isAboutAChange(ValidationRule rule) {
        return ABOUT_A_CHANGE.matcher(rule.getRule()).find();
    }

    private static String message(ValidationRule rule) {
        return rule.getMessage() == null ? "failed rule: " + rule.getRule() : rule.getMessage();
    }
}
