package dev.collectionalias.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas say of each manifest of {@code ManifestValidationIT} what the API server says there, as far as that can be
 * known without the object as it was.
 */
class KindSchemasTest {

    private static final Path MANIFESTS = Path.of("src/test/resources/manifests");
    private static final KindSchemas SCHEMAS = KindSchemas.ofThisVersion();
    private static final ObjectMapper YAML = new YAMLMapper();

    /** The keywords that {@link StructureCheck} and {@link Rules} hold an object against. */
    private static final Set<String> CHECKED = Set.of("type", "enum", "required", "properties", "items",
            "additionalProperties", "minLength", "maxLength", "pattern", "minimum", "maximum", "minItems", "maxItems",
            "x-kubernetes-validations");
    /** Those that are applied, are for people, or are about how objects are merged. */
    private static final Set<String> NOT_TO_BE_CHECKED = Set.of("default", "description", "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys");
    /** How numbers are kept; the types of JSON say as much, but for a time. */
    private static final Set<String> FORMATS = Set.of("int32", "int64", "date-time");

    static Stream<Path> valid() throws IOException {
        return Stream.concat(files(MANIFESTS.resolve("valid")), files(Path.of("deploy/examples")));
    }

    /** Some are about a change, or about how kubectl asks the API server. */
    static Stream<Path> invalid() throws IOException {
        return files(MANIFESTS.resolve("invalid")).filter(file -> !read(file).contains("\n# with: "))
                .filter(file -> !read(file).contains(" is immutable: "));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsWhatTheApiServerAccepts(Path file) {
        assertThat(checked(file)).isNotEmpty().allSatisfy(checked -> assertThat(checked.findings()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWhatTheApiServerRefusesInTheSameWords(Path file) {
        String expected = read(file).lines().findFirst().orElseThrow().replaceFirst("^# expect: ", "");

        assertThat(checked(file).getLast().findings()).extracting(Finding::toString)
                .anySatisfy(finding -> assertThat(finding).contains(expected));
    }

    @Test
    void aRuleAboutAChangeIsNamedAndNotChecked() {
        KindSchema aliases = SCHEMAS.find("collectionalias.dev/v1alpha1", "CollectionAlias").orElseThrow();

        assertThat(aliases.changeRules()).containsExactly(
                "spec: alias is immutable: create another CollectionAlias for another alias",
                "spec: database is immutable: create another CollectionAlias for another database",
                "spec: connectionRef is immutable: create another CollectionAlias for another connection");
    }

    @Test
    void whatIsNotWrittenIsCompletedAsTheApiServerDoes() throws IOException {
        Checked checked = checkSpec(
                "{alias: products, collection: products_v1, database: null, cutover: {gates: {}}}");

        assertThat(checked.isAccepted()).isTrue();
        assertThat(checked.stored().at("/spec/database").asText()).isEqualTo("default");
        assertThat(checked.stored().at("/spec/connectionRef/name").asText()).isEqualTo("default");
        assertThat(checked.stored().at("/spec/cutover/gates/schema").asText()).isEqualTo("Compatible");
        assertThat(checked.stored().at("/metadata/name").asText()).isEqualTo("products");
    }

    @Test
    void metadataIsCheckedToo() throws IOException {
        Checked checked = check("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata: {name: my_products, namespace: Shop, labels: {critical: true}, annotations: {a: "1"}}
                spec: {alias: products, collection: products_v1}
                """);

        assertThat(checked.findings()).extracting(Finding::path).containsExactly("metadata.name",
                "metadata.namespace", "metadata.labels.critical");
        assertThat(checked.findings().getLast().message())
                .isEqualTo("Invalid value: true: must be a string; put it in quotes");
    }

    @Test
    void labelsAndKeysFollowTheirRules() throws IOException {
        Checked checked = check("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata:
                  name: products
                  lables: {a: b}
                  labels: {app.kubernetes.io/version: v1+build, empty: "", "a b": c, fine.example.com/a_b: C.d}
                  annotations: {-a: any + text, argocd.argoproj.io/sync-wave: "1"}
                spec: {alias: products, collection: products_v1}
                """);

        assertThat(checked.findings()).extracting(Finding::path).containsExactlyInAnyOrder("metadata.lables",
                "metadata.labels.app.kubernetes.io/version", "metadata.labels", "metadata.annotations");
    }

    @Test
    void aLineBreakAtTheEndIsPartOfAText() throws IOException {
        Checked checked = checkSpec("{alias: \"products\\n\", collection: products_v1}");

        assertThat(checked.findings()).extracting(Finding::path).containsExactly("spec.alias");
    }

    @Test
    void aNumberThatNobodyCanKeepIsNoInteger() throws IOException {
        Checked checked = checkSpec("{alias: products, collection: products_v1, "
                + "cutover: {gates: {rows: {min: 9223372036854775808}}}}");

        assertThat(checked.findings()).extracting(Finding::path).containsExactly("spec.cutover.gates.rows.min");
    }

    @Test
    void anObjectNeedsAName() throws IOException {
        Checked checked = check("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                spec: {alias: products, collection: products_v1}
                """);

        assertThat(checked.findings()).extracting(Finding::path).containsExactly("metadata.name");
    }

    @Test
    void noKeywordOfTheCrdsIsOverlooked() throws IOException {
        Set<String> keywords = new TreeSet<>();
        Set<String> formats = new TreeSet<>();
        for (Path file : files(Path.of("crds")).filter(file -> !file.endsWith("kustomization.yaml")).toList()) {
            for (JsonNode version : YAML.readTree(file.toFile()).at("/spec/versions")) {
                collect(version.at("/schema/openAPIV3Schema"), keywords, formats);
            }
        }

        keywords.removeAll(CHECKED);
        keywords.removeAll(NOT_TO_BE_CHECKED);
        keywords.remove("format");
        assertThat(keywords).as("keywords that nobody checks").isEmpty();
        assertThat(FORMATS).containsAll(formats);
    }

    private static void collect(JsonNode schema, Set<String> keywords, Set<String> formats) {
        schema.fieldNames().forEachRemaining(keywords::add);
        if (schema.has("format")) {
            formats.add(schema.get("format").asText());
        }
        schema.path("properties").forEach(below -> collect(below, keywords, formats));
        Stream.of("items", "additionalProperties").filter(schema::has)
                .forEach(name -> collect(schema.get(name), keywords, formats));
    }

    private static Checked checkSpec(String spec) throws IOException {
        return check("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata: {name: products}
                spec: %s
                """.formatted(spec));
    }

    private static Checked check(String manifest) throws IOException {
        return checkedOne(YAML.readTree(manifest));
    }

    private static List<Checked> checked(Path file) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll().stream().filter(JsonNode::isObject)
                    .filter(document -> SCHEMAS.hasGroup(document.path("apiVersion").asText().split("/")[0]))
                    .map(KindSchemasTest::checkedOne).toList();
        } catch (IOException e) {
            throw new AssertionError(file + " can't be read", e);
        }
    }

    private static Checked checkedOne(JsonNode document) {
        return SCHEMAS.find(document.path("apiVersion").asText(), document.path("kind").asText()).orElseThrow()
                .check((ObjectNode) document);
    }

    private static Stream<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " can't be read", e);
        }
    }
}
