package dev.collectionalias.kubernetes;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.collectionalias.act.WritePermit;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;

/**
 * The JDK's HTTP client, with a limit on the calls that are under way at once, and with no change by a process that has lost its
 * lease. The Kubernetes client sends everything through here. So no pass, informer or retry goes round the two, and neither does
 * the SDK, which adds and removes finalizers by itself.
 *
 * <p>A kube-apiserver takes 100 requests at a time on a connection. The JDK's client fails the next one ("too many concurrent
 * streams").
 *
 * <p>A watch counts until its web socket is open. A watch over plain HTTP, the fallback where a proxy refuses web sockets, does not
 * count: the proxy may hold the answer back until the first event. A call for the lease does not wait either, since a leader that
 * can't renew its lease has to end. For the same reason it needs no permit.
 */
public final class OperatorHttpClient
        extends
            StandardHttpClient<OperatorHttpClient, OperatorHttpClient.Factory, OperatorHttpClient.Builder> {

    private static final String LEASES = "/apis/coordination.k8s.io/";
    private static final String READ = "GET";
    private static final CompletableFuture<?> AT_ONCE = CompletableFuture.completedFuture(null);

    private final StandardHttpClient<?, ?, ?> client;
    private final CallLimit limit;
    private final WritePermit permit;

    private OperatorHttpClient(Builder builder, StandardHttpClient<?, ?, ?> client, CallLimit limit,
            WritePermit permit, AtomicBoolean closed) {
        super(builder, closed);
        this.client = client;
        this.limit = limit;
        this.permit = permit;
    }

    /**
     * A call has its place until the client has read the answer to its end. It needs the permit when it has its place, since it may
     * have waited for longer than the lease lasts.
     */
    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(StandardHttpRequest request,
            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (request.isForStreaming() || request.uri().getPath().startsWith(LEASES)) {
            return client.consumeBytesDirect(request, consumer);
        }
        Supplier<CompletableFuture<HttpResponse<AsyncBody>>> call = () -> {
            if (!request.method().equals(READ)) {
                permit.require();
            }
            return client.consumeBytesDirect(request, consumer);
        };
        return limit.run(call, response -> response.body().done(), response -> response.body().cancel());
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(StandardWebSocketBuilder request,
            WebSocket.Listener listener) {
        return limit.run(() -> client.buildWebSocketDirect(request, listener), opened -> AT_ONCE, opened -> {});
    }

    @Override
    protected void doClose() {
        client.close();
    }

    /**
     * Makes clients. Each has a limit of its own and shares it with the clients that are derived from it.
     *
     * @param most   how many calls may be under way
     * @param permit asked for each request but a read, right before the client sends it
     */
    public record Factory(int most, WritePermit permit) implements HttpClient.Factory {
        @Override
        public Builder newBuilder() {
            return new Builder(this);
        }
    }

    /** Takes the settings and makes a JDK's client with the same ones. */
    public static final class Builder extends StandardHttpClientBuilder<OperatorHttpClient, Factory, Builder> {

        private Builder(Factory factory) {
            super(factory);
        }

        @Override
        public HttpClient build() {
            if (client != null) {
                return new OperatorHttpClient(this, client.client, client.limit, client.permit, client.closed);
            }
            addProxyAuthInterceptor();
            return new OperatorHttpClient(this, (StandardHttpClient<?, ?, ?>) jdkClient(),
                    new CallLimit(clientFactory.most()), clientFactory.permit(), new AtomicBoolean());
        }

        private HttpClient jdkClient() {
            HttpClient.Builder jdk = new JdkHttpClientFactory().newBuilder();
            if (connectTimeout != null) {
                jdk.connectTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (sslContext != null) {
                jdk.sslContext(keyManagers, trustManagers);
            }
            if (followRedirects) {
                jdk.followAllRedirects();
            }
            if (preferHttp11) {
                jdk.preferHttp11();
            }
            return jdk.tlsVersions(tlsVersions).tlsServerName(tlsServerName).proxyType(proxyType)
                    .proxyAddress(proxyAddress).build();
        }

        @Override
        protected Builder newInstance(Factory factory) {
            return new Builder(factory);
        }
    }
}
