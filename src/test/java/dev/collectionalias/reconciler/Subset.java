package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares a tree with the part of it that matters to a scenario. */
final class Subset {

    private Subset() {}

    /** What is not named in an object is not compared; {@code null} means absent; lists are compared whole. */
    static void assertContains(JsonNode actual, JsonNode expected) {
        assertContains("", actual, expected);
    }

    private static void assertContains(String path, JsonNode actual, JsonNode expected) {
        if (expected.isNull()) {
            assertThat(actual == null || actual.isNull() || actual.isMissingNode())
                    .as("%s is absent, not %s", path, actual)
                    .isTrue();
        } else if (expected.isObject()) {
            expected.properties().forEach(field -> assertContains(path + "/" + field.getKey(),
                    actual == null ? null : actual.get(field.getKey()), field.getValue()));
        } else if (expected.isArray()) {
            int size = actual == null ? 0 : actual.size();
            assertThat(size).as("%s has as many entries: %s", path, actual).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertContains(path + "/" + i, actual.get(i), expected.get(i));
            }
        } else {
            assertThat(actual == null ? null : actual.asText()).as(path).isEqualTo(expected.asText());
        }
    }
}
