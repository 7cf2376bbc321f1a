package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts do what their test files say, read as Argo CD's own tests read them once the folder is proposed there. */
class ArgoCdTestFilesTest {

    static Stream<ArgoCdKind> kinds() {
        return ArgoCdKind.all();
    }

    @TestFactory
    Stream<DynamicTest> health() {
        return kinds().flatMap(kind -> cases(kind.folder().resolve("health_test.yaml"), "tests")
                .map(test -> DynamicTest.dynamicTest(kind + " " + input(test), () -> {
                    JsonNode object = ArgoCdKind.read(kind.folder().resolve(input(test)));

                    assertThat(kind.healthCheck().run(object)).isEqualTo(test.get("healthStatus"));
                })));
    }

    @TestFactory
    Stream<DynamicTest> discovery() {
        return kindsWithActions().flatMap(kind -> actionCases(kind, "discoveryTests")
                .map(test -> DynamicTest.dynamicTest(kind + " " + input(test), () -> {
                    JsonNode object = ArgoCdKind.read(kind.actionsFolder().resolve(input(test)));

                    assertThat(byName(kind.discovery().run(object))).isEqualTo(byName(test.get("result")));
                })));
    }

    @TestFactory
    Stream<DynamicTest> actions() {
        return kindsWithActions().flatMap(kind -> actionCases(kind, "actionTests")
                .map(test -> DynamicTest.dynamicTest(kind + " " + test.get("action").asText() + " " + input(test),
                        () -> checkAction(kind, test))));
    }

    private static void checkAction(ArgoCdKind kind, JsonNode test) {
        JsonNode object = ArgoCdKind.read(kind.actionsFolder().resolve(input(test)));
        JsonNode expected = ArgoCdKind.read(kind.actionsFolder().resolve(test.get("expectedOutputPath").asText()));

        JsonNode changed = kind.action(test.get("action").asText()).run(object);

        assertThat(changed.at("/metadata/annotations")).isEqualTo(expected.at("/metadata/annotations"));
        assertThat(withoutAnnotations(changed)).as("nothing else changes").isEqualTo(withoutAnnotations(object));
        assertThat(withoutStatus(changed)).isEqualTo(withoutStatus(expected));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachFileIsRead(ArgoCdKind kind) {
        Set<Path> read = new TreeSet<>();
        cases(kind.folder().resolve("health_test.yaml"), "tests")
                .forEach(test -> read.add(kind.folder().resolve(input(test))));
        Set<Path> there = new TreeSet<>(ArgoCdKind.list(kind.folder().resolve("testdata")).toList());
        if (kind.hasActions()) {
            actionCases(kind, "actionTests").forEach(
                    test -> read.add(kind.actionsFolder().resolve(test.get("expectedOutputPath").asText())));
            ArgoCdKind.list(kind.actionsFolder().resolve("testdata")).forEach(there::add);
        }
        assertThat(read).isEqualTo(there);
    }

    @ParameterizedTest
    @MethodSource("kindsWithActions")
    void eachActionIsTestedAndFound(ArgoCdKind kind) {
        List<String> tested = new ArrayList<>();
        actionCases(kind, "actionTests").forEach(test -> tested.add(test.get("action").asText()));
        actionCases(kind, "discoveryTests").forEach(test -> assertThat(byName(test.get("result")))
                .containsOnlyKeys(kind.actions()));
        assertThat(tested).containsAll(kind.actions());
    }

    static Stream<ArgoCdKind> kindsWithActions() {
        return kinds().filter(ArgoCdKind::hasActions);
    }

    private static Stream<JsonNode> actionCases(ArgoCdKind kind, String list) {
        return cases(kind.actionsFolder().resolve("action_test.yaml"), list);
    }

    private static Stream<JsonNode> cases(Path file, String list) {
        JsonNode tests = ArgoCdKind.read(file).get(list);
        assertThat(tests).as("%s of %s", list, file).isNotEmpty();
        return StreamSupport.stream(tests.spliterator(), false);
    }

    private static String input(JsonNode test) {
        return test.get("inputPath").asText();
    }

    /** The script returns a table of actions, the test file a list of actions with names. */
    private static Map<String, JsonNode> byName(JsonNode actions) {
        Map<String, JsonNode> named = new HashMap<>();
        actions.properties().forEach(action -> named.put(action.getKey(), action.getValue()));
        if (actions.isArray()) {
            actions.forEach(action -> {
                ObjectNode attributes = action.deepCopy();
                named.put(attributes.remove("name").asText(), attributes);
            });
        }
        return named;
    }

    private static JsonNode withoutAnnotations(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        ((ObjectNode) copy.get("metadata")).remove("annotations");
        return copy;
    }

    private static JsonNode withoutStatus(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        return copy;
    }
}
