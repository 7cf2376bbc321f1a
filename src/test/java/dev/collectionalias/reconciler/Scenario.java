package dev.collectionalias.reconciler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.StoredCollection;
import dev.collectionalias.webhook.WebhookCaller;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.milvus.shaded.io.grpc.Status;

/**
 * One behaviour as a directory of three files: {@code applied.yaml}, the objects there are, of which the first is the
 * one that a pass is about, and their CustomResourceDefinition where it is being deleted; {@code milvus.yaml}, what the server holds; {@code expected.yaml}, what comes out. In the
 * first and the last {@code ${name}} stands for the id of the collection of this name, {@code ${endpoint}} for the server.
 */
record Scenario(Path directory) {

    static final Path ROOT = Path.of("src/test/resources/scenarios");
    private static final Set<String> FILES = Set.of("applied.yaml", "milvus.yaml", "expected.yaml");
    private static final String DATABASE = "default";
    private static final int NO_SHARD_LEADER = 503;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * What the server holds at first.
     *
     * @param rememberedByProxy the collections that its proxy takes aliases for, whatever these point at
     */
    record Server(String version, Map<String, Boolean> loadedByCollection, Map<String, Long> rowsByCollection,
            Map<String, Integer> dimensionByCollection, Map<String, String> analyzerByCollection,
            Map<String, Integer> partDimensionByCollection, Map<String, List<String>> replicasByCollection,
            Map<String, Integer> nodesByGroup, Set<Rpc> unknownCalls,
            Map<String, Map<String, String>> propertiesByCollection, Map<String, Integer> searchMillisByCollection,
            Map<String, String> aliases, Map<String, String> rememberedByProxy, Set<String> dangling,
            boolean secondary, Set<Rpc> refused, Webhook webhook) {

        Server {
            version = version == null ? "v3.0.0" : version;
            loadedByCollection = loadedByCollection == null ? Map.of() : loadedByCollection;
            rowsByCollection = rowsByCollection == null ? Map.of() : rowsByCollection;
            dimensionByCollection = dimensionByCollection == null ? Map.of() : dimensionByCollection;
            analyzerByCollection = analyzerByCollection == null ? Map.of() : analyzerByCollection;
            partDimensionByCollection = partDimensionByCollection == null ? Map.of() : partDimensionByCollection;
            replicasByCollection = replicasByCollection == null ? Map.of() : replicasByCollection;
            nodesByGroup = nodesByGroup == null ? Map.of() : nodesByGroup;
            unknownCalls = unknownCalls == null ? Set.of() : unknownCalls;
            propertiesByCollection = propertiesByCollection == null ? Map.of() : propertiesByCollection;
            searchMillisByCollection = searchMillisByCollection == null ? Map.of() : searchMillisByCollection;
            aliases = aliases == null ? Map.of() : aliases;
            rememberedByProxy = rememberedByProxy == null ? Map.of() : rememberedByProxy;
            dangling = dangling == null ? Set.of() : dangling;
            refused = refused == null ? Set.of() : refused;
        }

        CollectionShape shape(String collection) {
            CollectionShape shape = CollectionShape.PLAIN
                    .withAnalyzer(analyzerByCollection.getOrDefault(collection, ""))
                    .withPartDimension(partDimensionByCollection.getOrDefault(collection, 0));
            Integer dimension = dimensionByCollection.get(collection);
            return dimension == null ? shape : shape.withDimension(dimension);
        }
    }

    /**
     * A user's service.
     *
     * @param truncates the collections that somebody truncates before it answers
     */
    record Webhook(int status, Set<String> truncates) {

        WebhookAnswer answer(InProcessMilvus milvus) {
            truncates.forEach(collection -> milvus.state().setRows(DATABASE, collection, 0));
            return new WebhookAnswer.Answered(status);
        }
    }

    /** The service that gates ask; nobody answers unless {@code milvus.yaml} says so. */
    WebhookCaller webhook(InProcessMilvus milvus) {
        Webhook webhook = read("milvus.yaml", Server.class).webhook();
        return question -> webhook == null
                ? new WebhookAnswer.Unanswered("webhooks are not asked yet")
                : webhook.answer(milvus);
    }

    static Stream<Scenario> all() {
        try (Stream<Path> directories = Files.list(ROOT)) {
            return directories.sorted().map(Scenario::new).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return directory.getFileName().toString();
    }

    Set<String> unexpectedFiles() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(file -> !FILES.contains(file))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server that holds what {@code milvus.yaml} says. */
    InProcessMilvus startServer() {
        Server server = read("milvus.yaml", Server.class);
        InProcessMilvus milvus = new InProcessMilvus(server.version());
        milvus.start();
        server.loadedByCollection().forEach((collection, loaded) -> {
            milvus.state().createCollection(DATABASE, collection, server.shape(collection));
            milvus.state().setRows(DATABASE, collection, server.rowsByCollection().getOrDefault(collection, 0L));
            if (Boolean.TRUE.equals(loaded)) {
                milvus.state().load(DATABASE, collection);
            }
        });
        server.nodesByGroup().forEach(milvus.state()::setNodes);
        server.replicasByCollection()
                .forEach((collection, groups) -> milvus.state().load(DATABASE, collection, groups));
        server.unknownCalls().forEach(rpc -> milvus.faults().on(rpc).fail(Status.UNIMPLEMENTED));
        server.aliases().forEach((alias, collection) -> milvus.state().setAlias(DATABASE, alias, collection));
        server.dangling().forEach(alias -> {
            milvus.state().createCollection(DATABASE, "dropped");
            milvus.state().setAlias(DATABASE, alias, "dropped");
            milvus.state().dropCollection(DATABASE, "dropped");
        });
        server.propertiesByCollection().forEach((collection, properties) -> properties
                .forEach((key, value) -> milvus.state().setProperty(DATABASE, collection, key, value)));
        server.refused().forEach(rpc -> milvus.faults().on(rpc).fail(NO_SHARD_LEADER, "no shard leader"));
        server.rememberedByProxy()
                .forEach((alias, collection) -> milvus.state().rememberInProxy(DATABASE, alias, collection));
        server.searchMillisByCollection().forEach((collection, millis) -> milvus.faults()
                .when(call -> call.rpc() == Rpc.SEARCH && call.collection().equals(collection))
                .delay(Duration.ofMillis(millis)));
        if (server.secondary()) {
            milvus.becomeSecondary();
        }
        return milvus;
    }

    List<CollectionAlias> objects(InProcessMilvus milvus) {
        return documents(text("applied.yaml", milvus)).filter(document -> !isDefinition(document))
                .map(document -> Serialization.unmarshal(document, CollectionAlias.class)).toList();
    }

    boolean isKindLeaving() {
        return documents(text("applied.yaml")).anyMatch(Scenario::isDefinition);
    }

    private static Stream<String> documents(String text) {
        return Stream.of(text.split("(?m)^---$"));
    }

    private static boolean isDefinition(String document) {
        return document.contains("\nkind: CustomResourceDefinition\n");
    }

    JsonNode expected(InProcessMilvus milvus) {
        try {
            return YAML.readTree(text("expected.yaml", milvus));
        } catch (IOException e) {
            throw new UncheckedIOException(directory.toString(), e);
        }
    }

    private <T> T read(String file, Class<T> type) {
        try {
            return YAML.readValue(text(file), type);
        } catch (IOException e) {
            throw new UncheckedIOException(directory.toString(), e);
        }
    }

    private String text(String file, InProcessMilvus milvus) {
        String text = text(file).replace("${endpoint}", Endpoint.of(milvus.uri()).toString());
        for (StoredCollection collection : milvus.state().collections(DATABASE)) {
            text = text.replace("${" + collection.name() + "}", String.valueOf(collection.id()));
        }
        return text;
    }

    private String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
