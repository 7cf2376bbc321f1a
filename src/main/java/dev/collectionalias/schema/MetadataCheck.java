package dev.collectionalias.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks the part of an object's metadata that a person writes. Its schema is the API server's own and in no CRD. */
final class MetadataCheck {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_NAMESPACE = 63;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    /** RFC 1123. */
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern NAMESPACE = Pattern.compile(LABEL);
    private static final int LONGEST_PART = 63;
    private static final Pattern PART = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final String PART_RULE = "must consist of alphanumeric characters, '-', '_' or '.', must start and end "
            + "with an alphanumeric character, and have at most 63 characters";
    /** The fields of the API server's ObjectMeta. */
    private static final Set<String> FIELDS = Set.of("annotations", "creationTimestamp", "deletionGracePeriodSeconds",
            "deletionTimestamp", "finalizers", "generateName", "generation", "labels", "managedFields", "name",
            "namespace", "ownerReferences", "resourceVersion", "selfLink", "uid");

    private final List<Finding> findings = new ArrayList<>();

    private MetadataCheck() {}

    static List<Finding> findings(JsonNode metadata, boolean namespaced) {
        MetadataCheck check = new MetadataCheck();
        check.fields(metadata);
        check.name(metadata);
        if (namespaced) {
            check.namespace(metadata.path("namespace"));
        }
        check.texts("labels", metadata.path("labels"));
        check.labels(metadata.path("labels"));
        check.texts("annotations", metadata.path("annotations"));
        return check.findings;
    }

    private void fields(JsonNode metadata) {
        metadata.properties().stream().map(Map.Entry::getKey).filter(field -> !FIELDS.contains(field))
                .map("metadata."::concat)
                .forEach(path -> findings.add(new Finding(path, "unknown field \"%s\"".formatted(path))));
    }

    private void name(JsonNode metadata) {
        JsonNode name = metadata.path("name");
        if (name.isMissingNode() || name.isNull()) {
            if (!metadata.hasNonNull("generateName")) {
                findings.add(new Finding("metadata.name", "Required value: name or generateName is required"));
            }
        } else if (!name.isTextual()) {
            findings.add(notText("metadata.name", name));
        } else if (name.asText().length() > LONGEST_NAME || !SUBDOMAIN.matcher(name.asText()).matches()) {
            findings.add(Finding.invalid("metadata.name", name.toString(),
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and "
                            + "must start and end with an alphanumeric character, and have at most 253 characters"));
        }
    }

    private void namespace(JsonNode namespace) {
        if (namespace.isMissingNode() || namespace.isNull()) {
            return;
        }
        if (!namespace.isTextual()) {
            findings.add(notText("metadata.namespace", namespace));
        } else if (namespace.asText().length() > LONGEST_NAMESPACE
                || !NAMESPACE.matcher(namespace.asText()).matches()) {
            findings.add(Finding.invalid("metadata.namespace", namespace.toString(),
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start "
                            + "and end with an alphanumeric character, and have at most 63 characters"));
        }
    }

    /** The keys are names, optionally with a domain as their prefix. */
    private void texts(String field, JsonNode map) {
        String path = "metadata." + field;
        if (!map.isMissingNode() && !map.isNull() && !map.isObject()) {
            findings.add(Finding.invalid(path, map.toString(), "must be keys with strings"));
        }
        map.properties().forEach(entry -> {
            String key = entry.getKey();
            if (!isQualifiedName(key)) {
                findings.add(Finding.invalid(path, "\"" + key + "\"", "the name part of a key " + PART_RULE
                        + "; the prefix, if any, is a lowercase domain and ends with '/'"));
            }
            if (!entry.getValue().isTextual() && !entry.getValue().isNull()) {
                findings.add(notText(path + "." + key, entry.getValue()));
            }
        });
    }

    private static boolean isQualifiedName(String key) {
        int slash = key.lastIndexOf('/');
        String prefix = key.substring(0, Math.max(0, slash)).toLowerCase(Locale.ROOT);
        return isPart(key.substring(slash + 1))
                && (slash < 0 || prefix.length() <= LONGEST_NAME && SUBDOMAIN.matcher(prefix).matches());
    }

    private static boolean isPart(String text) {
        return text.length() <= LONGEST_PART && PART.matcher(text).matches();
    }

    private void labels(JsonNode labels) {
        labels.properties().stream().filter(label -> label.getValue().isTextual())
                .filter(label -> !label.getValue().asText().isEmpty() && !isPart(label.getValue().asText()))
                .forEach(label -> findings.add(Finding.invalid("metadata.labels." + label.getKey(),
                        label.getValue().toString(), "a label " + PART_RULE)));
    }

    /** YAML reads {@code true} and {@code 7} as something else than text. */
    private static Finding notText(String path, JsonNode value) {
        return Finding.invalid(path, value.toString(), "must be a string; put it in quotes");
    }
}
