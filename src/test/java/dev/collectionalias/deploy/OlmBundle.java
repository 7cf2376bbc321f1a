package dev.collectionalias.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

/** The bundle for OLM, and the ClusterServiceVersion in it, made from the manifests that are applied without it. */
final class OlmBundle {

    static final Path FOLDER = Path.of("deploy/olm/bundle");
    static final Path MANIFESTS = FOLDER.resolve("manifests");
    static final Path CSV = MANIFESTS.resolve("collection-alias-operator.clusterserviceversion.yaml");
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATOR = "collection-alias-operator";
    /** Of no namespace, so that a Role would give nothing. */
    private static final Set<String> OF_THE_CLUSTER = Set.of("customresourcedefinitions");
    private static final ObjectMapper YAML = new ObjectMapper(
            new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES).enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

    private OlmBundle() {}

    static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    /** The kinds that the committed bundle has. */
    static List<JsonNode> owned() throws IOException {
        return list(read(CSV).at("/spec/customresourcedefinitions/owned")).toList();
    }

    static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static String clusterServiceVersion() throws IOException {
        ObjectNode csv = (ObjectNode) read(Path.of("deploy/olm/base.yaml"));
        String version = read(Path.of("deploy/helm/Chart.yaml")).get("version").asText();
        String image = OPERATOR + ":" + version;
        csv.withObject("/metadata").put("name", OPERATOR + ".v" + version).withObject("/annotations")
                .put("containerImage", image).put("alm-examples", examples());
        ObjectNode spec = csv.withObject("/spec").put("version", version);
        spec.putArray("icon").addObject().put("mediatype", "image/svg+xml").put("base64data",
                Base64.getEncoder().encodeToString(
                        Files.readAllBytes(Path.of("src/main/resources/dev/collectionalias/page/icon.svg"))));
        for (JsonNode kind : spec.at("/customresourcedefinitions/owned")) {
            describe((ObjectNode) kind);
        }
        ObjectNode install = spec.putObject("install").put("strategy", "deployment").putObject("spec");
        install.putArray("deployments").add(deployment(image));
        // Where the OperatorGroup is of all namespaces, OLM makes a ClusterRole of these, too; otherwise a Role in each.
        install.set("permissions", permissions(rule -> !isOfTheCluster(rule)));
        install.set("clusterPermissions", permissions(OlmBundle::isOfTheCluster));
        return YAML.writeValueAsString(csv);
    }

    private static String examples() throws IOException {
        ArrayNode examples = JSON.createArrayNode();
        for (String file : List.of("alias.yaml", "connection.yaml", "cluster-connection.yaml")) {
            examples.add(read(Path.of("deploy/examples", file)));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(examples) + "\n";
    }

    private static void describe(ObjectNode owned) throws IOException {
        JsonNode crd = read(Path.of("crds", owned.get("name").asText() + ".yaml"));
        owned.put("kind", crd.at("/spec/names/kind").asText())
                .put("version", crd.at("/spec/versions/0/name").asText());
        owned.set("specDescriptors", OlmDescriptors.ofSpec(crd));
        owned.set("statusDescriptors", OlmDescriptors.ofStatus(crd));
    }

    private static ObjectNode deployment(String image) throws IOException {
        JsonNode deployment = read(Path.of("deploy/base/deployment.yaml"));
        ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers/0");
        // OLM annotates the pod with the namespaces of its OperatorGroup; with nothing where these are all.
        container.put("image", image).withArray("/env").addObject().put("name", "WATCH_NAMESPACES")
                .putObject("valueFrom").putObject("fieldRef")
                .put("fieldPath", "metadata.annotations['olm.targetNamespaces']");
        ObjectNode named = JSON.createObjectNode().put("name", OPERATOR);
        named.set("spec", deployment.get("spec"));
        return named;
    }

    private static ArrayNode permissions(Predicate<JsonNode> which) throws IOException {
        ArrayNode permissions = JSON.createArrayNode();
        ArrayNode rules = permissions.addObject().put("serviceAccountName", OPERATOR).putArray("rules");
        for (String file : List.of("cluster-role.yaml", "lease-role.yaml")) {
            YAML.readerFor(JsonNode.class).<JsonNode>readValues(Path.of("deploy/base", file).toFile())
                    .forEachRemaining(object -> list(object.path("rules")).filter(which).forEach(rules::add));
        }
        return permissions;
    }

    private static boolean isOfTheCluster(JsonNode rule) {
        return list(rule.get("resources")).allMatch(resource -> OF_THE_CLUSTER.contains(resource.asText()));
    }
}
