package dev.collectionalias.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** What a person writes of an object's metadata. Its schema is the API server's own, and in no CRD. */
final class MetadataCheck {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_NAMESPACE = 63;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    /** RFC 1123. */
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern NAMESPACE = Pattern.compile(LABEL);

    private final List<Finding> findings = new ArrayList<>();

    private MetadataCheck() {}

    static List<Finding> findings(JsonNode metadata, boolean namespaced) {
        MetadataCheck check = new MetadataCheck();
        check.name(metadata);
        if (namespaced) {
            check.namespace(metadata.path("namespace"));
        }
        check.texts("labels", metadata.path("labels"));
        check.texts("annotations", metadata.path("annotations"));
        return check.findings;
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

    private void texts(String field, JsonNode map) {
        map.properties().stream().filter(entry -> !entry.getValue().isTextual() && !entry.getValue().isNull())
                .forEach(entry -> findings.add(notText("metadata.%s.%s".formatted(field, entry.getKey()),
                        entry.getValue())));
    }

    /** YAML takes {@code true} and {@code 7} for something else. */
    private static Finding notText(String path, JsonNode value) {
        return Finding.invalid(path, value.toString(), "must be a string; put it in quotes");
    }
}
