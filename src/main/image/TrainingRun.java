import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.DescribeAliasResponse;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceImplBase;
import io.milvus.grpc.ServerInfo;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.stub.StreamObserver;

/**
 * Runs the operator once while its image is built, so that the Java runtime can keep what it loaded: the classes of a
 * start, of a connection and of an alias that is created. It is given a Kubernetes API that knows these two objects and says
 * yes to everything, and a Milvus that has one collection.
 *
 * <p>A program in one file, since it is no part of the operator:
 * {@code java -cp 'lib/*' TrainingRun.java <the operator's command>}, with the libraries of the operator.
 */
public final class TrainingRun {

    private static final String API = "/apis/collectionalias.dev/v1alpha1/";
    private static final long PATIENCE_SECONDS = 120;
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Map<String, String> objects;

    /** False where the operator ended before it had created the alias. */
    private final CompletableFuture<Boolean> aliasCreated = new CompletableFuture<>();

    private TrainingRun(int milvus) {
        objects = Map.of("milvusconnections",
                object("MilvusConnection", "default", "\"uri\": \"http://127.0.0.1:" + milvus + "\""),
                "collectionaliases", object("CollectionAlias", "products", "\"alias\": \"products\", "
                        + "\"collection\": \"products_v1\", \"connectionRef\": {\"name\": \"default\"}"));
    }

    public static void main(String[] command) throws Exception {
        Server milvus = NettyServerBuilder.forAddress(ANY_PORT).addService(new Milvus()).build().start();
        int exitCode = new TrainingRun(milvus.getPort()).run(command);
        milvus.shutdownNow();
        System.exit(exitCode);
    }

    private int run(String[] command) throws Exception {
        HttpsServer api = HttpsServer.create(ANY_PORT, 0);
        api.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        api.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        api.createContext("/", this::answer);
        api.start();
        ProcessBuilder operator = new ProcessBuilder(command).inheritIO();
        operator.environment().putAll(Map.of("HTTP_PORT", "0", "KUBERNETES_MASTER",
                "https://127.0.0.1:" + api.getAddress().getPort(), "KUBERNETES_TRUST_CERTIFICATES", "true", "KUBECONFIG",
                "/none"));
        Process process = operator.start();
        process.onExit().thenRun(() -> aliasCreated.complete(false));
        boolean trained = aliasCreated.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS).get();
        // As the kubelet does; the runtime writes down what it learned when it has stopped.
        process.destroy();
        process.waitFor();
        api.stop(0);
        return trained ? 0 : 1;
    }

    private static SSLContext selfSigned() throws Exception {
        Path directory = Files.createTempDirectory("training");
        Path store = directory.resolve("api.p12");
        String password = "training";
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        new ProcessBuilder(keytool, "-genkeypair", "-keyalg", "EC", "-alias", "api", "-dname", "CN=api", "-validity", "1",
                "-storetype", "PKCS12", "-storepass", password, "-keystore", store.toString()).inheritIO().start()
                .waitFor();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
        Files.delete(store);
        Files.delete(directory);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, path, query);
            case "PATCH", "PUT" -> send(exchange, 200, objects.entrySet().stream()
                    .filter(entry -> path.contains(entry.getKey())).map(Map.Entry::getValue).findFirst().orElse(body));
            default -> {
                send(exchange, 201, body);
                if (body.contains("AliasCreated")) { // the Event: the last thing that is told
                    aliasCreated.complete(true);
                }
            }
        }
    }

    private void get(HttpExchange exchange, String path, String query) throws IOException {
        if ("websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            send(exchange, 503, ""); // no WebSocket, so that the client watches by an answer without an end
        } else if (query.contains("watch=true")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush(); // and nothing ever happens
        } else if (path.startsWith(API)) {
            String kind = path.substring(API.length());
            send(exchange, 200, "{\"apiVersion\": \"collectionalias.dev/v1alpha1\", \"kind\": \"List\", "
                    + "\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": [" + objects.getOrDefault(kind, "") + "]}");
        } else {
            send(exchange, 404, "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"status\": \"Failure\", \"code\": 404}");
        }
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String object(String kind, String name, String spec) {
        return """
                {"apiVersion": "collectionalias.dev/v1alpha1", "kind": "%s", "metadata": {"name": "%s",
                "namespace": "training", "uid": "%2$s", "resourceVersion": "1", "generation": 1,
                "creationTimestamp": "2026-01-01T00:00:00Z", "finalizers": ["collectionalias.dev/alias",
                "collectionalias.dev/connection"]}, "spec": {%s}}""".formatted(kind, name, spec);
    }

    /** Has one collection, and the alias as soon as it is created. */
    private static final class Milvus extends MilvusServiceImplBase {

        private static final String VERSION = "v3.0.0";
        private static final int NO_SUCH_ALIAS = 1600;

        private final AtomicReference<String> aliasOf = new AtomicReference<>();

        @Override
        public void connect(ConnectRequest request, StreamObserver<ConnectResponse> out) {
            answer(out, ConnectResponse.newBuilder().setIdentifier(1)
                    .setServerInfo(ServerInfo.newBuilder().setBuildTags(VERSION)).build());
        }

        @Override
        public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> out) {
            answer(out, GetVersionResponse.newBuilder().setVersion(VERSION).build());
        }

        @Override
        public void describeAlias(DescribeAliasRequest request, StreamObserver<DescribeAliasResponse> out) {
            String collection = request.getAlias().equals("products") ? aliasOf.get() : null;
            answer(out, collection == null
                    ? DescribeAliasResponse.newBuilder()
                            .setStatus(Status.newBuilder().setCode(NO_SUCH_ALIAS).setReason("alias not found")).build()
                    : DescribeAliasResponse.newBuilder().setAlias(request.getAlias()).setCollection(collection).build());
        }

        @Override
        public void describeCollection(DescribeCollectionRequest request,
                StreamObserver<DescribeCollectionResponse> out) {
            answer(out, DescribeCollectionResponse.newBuilder().setCollectionID(1)
                    .setCollectionName(request.getCollectionName())
                    .setSchema(CollectionSchema.newBuilder().setName(request.getCollectionName())
                            .addFields(FieldSchema.newBuilder().setName("id").setDataType(DataType.Int64)
                                    .setIsPrimaryKey(true)))
                    .build());
        }

        @Override
        public void getLoadState(GetLoadStateRequest request, StreamObserver<GetLoadStateResponse> out) {
            answer(out, GetLoadStateResponse.newBuilder().setState(LoadState.LoadStateLoaded).build());
        }

        @Override
        public void createAlias(CreateAliasRequest request, StreamObserver<Status> out) {
            aliasOf.set(request.getCollectionName());
            answer(out, Status.getDefaultInstance());
        }

        private static <T> void answer(StreamObserver<T> out, T answer) {
            out.onNext(answer);
            out.onCompleted();
        }
    }
}
