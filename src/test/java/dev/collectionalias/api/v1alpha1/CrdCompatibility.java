package dev.collectionalias.api.v1alpha1;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a definition takes away from users of a released one: an object that was valid is refused, a field is dropped, a value
 * is read otherwise. Nothing in Java compares definitions, and openapi-diff knows none of their {@code x-kubernetes-} parts.
 * crdify does in Go, takes longer to build than all unit tests run, and has any rule that differs looked at by a person.
 */
final class CrdCompatibility {

    /** Texts for people. */
    private static final Set<String> HARMLESS = Set.of("description", "title", "example", "externalDocs");
    /** The more of it, the fewer values are left. */
    private static final Set<String> LOWER_BOUNDS = Set.of("minimum", "minLength", "minItems", "minProperties");
    private static final Set<String> UPPER_BOUNDS = Set.of("maximum", "maxLength", "maxItems", "maxProperties");
    /** Each allows less than its absence; which of two allows less is not to be seen. */
    private static final Set<String> REMOVABLE = Set.of("pattern", "format", "multipleOf", "uniqueItems",
            "exclusiveMinimum", "exclusiveMaximum", "not", "allOf", "anyOf", "oneOf", "x-kubernetes-embedded-resource");
    /** Each allows more than its absence. */
    private static final Set<String> ADDABLE = Set.of("nullable", "default", "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-int-or-string");
    private static final Pattern UNLESS_SET = Pattern.compile("!has\\(self\\.([\\w.]+)\\) \\|\\| ");

    private final List<String> broken = new ArrayList<>();

    private CrdCompatibility() {}

    /** Each thing that it takes away, with its path. */
    static List<String> broken(JsonNode released, JsonNode current) {
        CrdCompatibility comparison = new CrdCompatibility();
        comparison.definitions(released.path("spec"), current.path("spec"));
        return comparison.broken;
    }

    /** As {@link #broken}, of a schema. */
    static List<String> brokenSchema(JsonNode released, JsonNode current) {
        CrdCompatibility comparison = new CrdCompatibility();
        comparison.schema("", released, current);
        return comparison.broken;
    }

    private void definitions(JsonNode released, JsonNode current) {
        same("", released, current, "group", "scope");
        same("names", released.path("names"), current.path("names"), "kind", "plural", "singular");
        kept("names", "shortNames", released.path("names"), current.path("names"));
        kept("names", "categories", released.path("names"), current.path("names"));
        for (JsonNode version : released.path("versions")) {
            String name = version.path("name").asText();
            items(current.path("versions")).filter(other -> other.path("name").asText().equals(name)).findFirst()
                    .ifPresentOrElse(other -> versions(name, version, other), () -> add(name, "is gone"));
        }
    }

    private void versions(String name, JsonNode released, JsonNode current) {
        if (released.path("served").asBoolean() && !current.path("served").asBoolean()) {
            add(name, "is not served any more");
        }
        for (Map.Entry<String, JsonNode> subresource : released.path("subresources").properties()) {
            if (!current.path("subresources").has(subresource.getKey())) {
                add(name, "the subresource %s is gone".formatted(subresource.getKey()));
            }
        }
        kept(name, "selectableFields", released, current);
        schema(name, released.at("/schema/openAPIV3Schema"), current.at("/schema/openAPIV3Schema"));
    }

    private void schema(String path, JsonNode released, JsonNode current) {
        Set<String> keywords = new TreeSet<>();
        released.fieldNames().forEachRemaining(keywords::add);
        current.fieldNames().forEachRemaining(keywords::add);
        keywords.removeAll(HARMLESS);
        keywords.forEach(keyword -> keyword(path, keyword, released, current));
    }

    private void keyword(String path, String keyword, JsonNode released, JsonNode current) {
        JsonNode was = released.path(keyword);
        JsonNode is = current.path(keyword);
        switch (keyword) {
            case "properties" -> properties(path, was, is);
            case "items", "additionalProperties" -> element(path + "[]", was, is);
            case "required" -> required(path, current, was, is);
            case "enum" -> allowed(path, was, is);
            case "x-kubernetes-validations" -> rules(path, released, was, is);
            default -> {
                if (LOWER_BOUNDS.contains(keyword)) {
                    bound(path, keyword, was, is, (old, now) -> now <= old);
                } else if (UPPER_BOUNDS.contains(keyword)) {
                    bound(path, keyword, was, is, (old, now) -> now >= old);
                } else if (!was.equals(is) && !(REMOVABLE.contains(keyword) && is.isMissingNode())
                        && !(ADDABLE.contains(keyword) && was.isMissingNode())) {
                    changed(path, keyword, was, is);
                }
            }
        }
    }

    private void properties(String path, JsonNode was, JsonNode is) {
        was.properties().forEach(property -> element(path + "." + property.getKey(), property.getValue(),
                is.path(property.getKey())));
    }

    private void element(String path, JsonNode was, JsonNode is) {
        if (was.isObject() && is.isObject()) {
            schema(path, was, is);
        } else if (was.isObject()) {
            add(path, "is gone");
        } else if (!was.isMissingNode() && !was.equals(is)) {
            add(path, "was %s and is %s".formatted(was, orAbsent(is)));
        }
    }

    /** The server fills in a default before it looks for what is missing. */
    private void required(String path, JsonNode current, JsonNode was, JsonNode is) {
        texts(is).filter(name -> !texts(was).toList().contains(name))
                .filter(name -> !current.path("properties").path(name).has("default"))
                .forEach(name -> add(path + "." + name, "has become required"));
    }

    private void allowed(String path, JsonNode was, JsonNode is) {
        if (is.isMissingNode()) {
            return;
        }
        if (was.isMissingNode()) {
            add(path, "takes only %s now".formatted(is));
        }
        Set<JsonNode> now = new HashSet<>(items(is).toList());
        items(was).filter(value -> !now.contains(value)).forEach(value -> add(path, "does not take %s any more"
                .formatted(value)));
    }

    private void bound(String path, String keyword, JsonNode was, JsonNode is, BiPredicate<Double, Double> isWider) {
        if (!is.isMissingNode() && (was.isMissingNode() || !isWider.test(was.asDouble(), is.asDouble()))) {
            changed(path, keyword, was, is);
        }
    }

    /** Of two rules nobody can tell which one allows more; but one of a field that was not there holds for all that was. */
    private void rules(String path, JsonNode released, JsonNode was, JsonNode is) {
        Set<String> known = new HashSet<>(items(was).map(rule -> rule.path("rule").asText()).toList());
        items(is).map(rule -> rule.path("rule").asText())
                .filter(rule -> !known.contains(rule) && !isOfANewField(rule, released))
                .forEach(rule -> add(path, "has the new rule " + rule));
    }

    private static boolean isOfANewField(String rule, JsonNode released) {
        Matcher condition = UNLESS_SET.matcher(rule);
        // What a ternary operator says, the condition before it does not decide.
        while (condition.lookingAt() && !rule.contains("?")) {
            String pointer = "/properties/" + condition.group(1).replace(".", "/properties/");
            if (released.at(pointer).isMissingNode()) {
                return true;
            }
            condition.region(condition.end(), rule.length());
        }
        return false;
    }

    private void same(String path, JsonNode released, JsonNode current, String... keywords) {
        Stream.of(keywords).filter(keyword -> !released.path(keyword).equals(current.path(keyword)))
                .forEach(keyword -> changed(path, keyword, released.path(keyword), current.path(keyword)));
    }

    private void kept(String path, String keyword, JsonNode released, JsonNode current) {
        List<JsonNode> now = items(current.path(keyword)).toList();
        items(released.path(keyword)).filter(value -> !now.contains(value))
                .forEach(value -> add(path, "%s has no %s any more".formatted(keyword, value)));
    }

    private void changed(String path, String keyword, JsonNode was, JsonNode is) {
        add(path, "%s was %s and is %s".formatted(keyword, orAbsent(was), orAbsent(is)));
    }

    private static String orAbsent(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }

    private void add(String path, String what) {
        broken.add(path + ": " + what);
    }

    private static Stream<String> texts(JsonNode array) {
        return items(array).map(JsonNode::asText);
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
