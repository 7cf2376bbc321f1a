package dev.collectionalias.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl needs beyond storing objects, asked as kubectl asks. */
@Timeout(30)
class InMemoryKubernetesTest {

    private static final String ALIASES = "apis/collectionalias.dev/v1alpha1/namespaces/default/collectionaliases";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private InMemoryKubernetes kubernetes;
    private URI api;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        kubernetes = InMemoryKubernetes.start(Path.of("crds"), directory);
        api = URI.create(Config.fromKubeconfig(kubernetes.kubeconfig().toFile()).getMasterUrl());
    }

    @AfterEach
    void stop() {
        kubernetes.close();
        http.close();
    }

    @Test
    void discoveryNamesTheKindsWithTheirShortNames() throws Exception {
        JsonNode resources = read("apis/collectionalias.dev/v1alpha1", "application/json").path("resources");

        assertThat(resources.findValuesAsText("name")).containsExactlyInAnyOrder("collectionaliases",
                "clustermilvusconnections", "milvusconnections");
        assertThat(resources.findValues("shortNames").toString()).contains("calias");
    }

    @Test
    void defaultsOfTheCrdAreFilledIn() throws Exception {
        JsonNode created = create();

        assertThat(created.path("spec").path("database").asText()).isEqualTo("default");
        assertThat(created.path("spec").path("connectionRef").path("name").asText()).isEqualTo("default");
    }

    @Test
    void tablesHaveThePrinterColumnsOfTheCrd() throws Exception {
        create();
        send("PATCH", ALIASES + "/products/status?fieldManager=kubectl-patch", """
                {"status": {"conditions": [{"type": "Serving", "status": "False", "reason": "CollectionNotLoaded"},
                                           {"type": "Ready", "status": "True", "reason": "InSync"}]}}
                """);

        JsonNode table = read(ALIASES, TABLE);

        assertThat(table.path("kind").asText()).isEqualTo("Table");
        assertThat(table.path("columnDefinitions").findValuesAsText("name")).startsWith("Name", "ALIAS", "DB",
                "COLLECTION", "ACTIVE", "READY", "REASON", "AGE");
        assertThat(table.path("rows").get(0).path("cells").toString())
                .startsWith("[\"products\",\"products\",\"default\",\"products_v1\",\"\",\"True\",\"InSync\",");
    }

    @Test
    void watchesOverPlainHttpSendWhatCameAfterTheList() throws Exception {
        create();
        String version = read(ALIASES, "application/json").path("metadata").path("resourceVersion").asText();
        HttpRequest watch = HttpRequest
                .newBuilder(api.resolve(ALIASES + "?watch=true&resourceVersion=" + version
                        + "&fieldSelector=metadata.name%3Dproducts"))
                .build();

        try (InputStream stream = http.send(watch, BodyHandlers.ofInputStream()).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            send("PATCH", ALIASES + "/products", "{\"metadata\": {\"finalizers\": [\"collectionalias.dev/alias\"]}}");
            send("DELETE", ALIASES + "/products", "");
            send("PATCH", ALIASES + "/products", "{\"metadata\": {\"finalizers\": null}}");

            assertThat(JSON.readTree(lines.readLine()).path("type").asText()).isEqualTo("MODIFIED");
            assertThat(JSON.readTree(lines.readLine()).at("/object/metadata/deletionTimestamp").asText()).isNotEmpty();
            assertThat(JSON.readTree(lines.readLine()).path("type").asText()).isEqualTo("DELETED");
        }
    }

    @Test
    void thePatchThatTakesTheLastFinalizerAnswersWithTheObject() throws Exception {
        create();
        send("PATCH", ALIASES + "/products", "{\"metadata\": {\"finalizers\": [\"collectionalias.dev/alias\"]}}");
        send("DELETE", ALIASES + "/products", "");

        JsonNode answer = JSON
                .readTree(send("PATCH", ALIASES + "/products", "{\"metadata\": {\"finalizers\": null}}").body());

        assertThat(answer.path("metadata").path("name").asText()).isEqualTo("products");
    }

    @Test
    void aMissingObjectIsNamed() throws Exception {
        HttpResponse<String> answer = send("GET", ALIASES + "/nope", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(answer.body()).path("message").asText())
                .isEqualTo("collectionaliases \"nope\" not found");
    }

    @Test
    void streamedListsAreRefusedSoThatClientsListFirst() throws Exception {
        assertThat(send("GET", ALIASES + "?watch=true&sendInitialEvents=true", "").statusCode()).isEqualTo(422);
    }

    private JsonNode create() throws IOException, InterruptedException {
        return JSON.readTree(send("POST", ALIASES, """
                {"apiVersion": "collectionalias.dev/v1alpha1", "kind": "CollectionAlias",
                 "metadata": {"name": "products"}, "spec": {"alias": "products", "collection": "products_v1"}}
                """).body());
    }

    private JsonNode read(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path)).header("Accept", accept).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return http.send(HttpRequest.newBuilder(api.resolve(path)).header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
