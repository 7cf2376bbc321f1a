package dev.collectionalias.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.milvus.shaded.io.grpc.CallOptions;
import io.milvus.shaded.io.grpc.HandlerRegistry;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.ServerMethodDefinition;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.stub.ClientCalls;
import io.milvus.shaded.io.grpc.stub.ServerCalls;
import io.milvus.shaded.io.grpc.stub.StreamObserver;

/**
 * Stands between the operator and a real Milvus, passes every call on as it is, and can do something in the moment
 * between what a call changed and its answer. It can also be slow, or pass on nothing.
 */
public final class MilvusProxy implements AutoCloseable {

    private final InetSocketAddress address;
    private final ManagedChannel milvus;
    private final Server server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Runnable> hooks = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    /** A slow network is one of the faults. */
    private volatile Slowness slowness = new Slowness("", "", Duration.ZERO);
    private volatile boolean cut;

    public MilvusProxy(MilvusServer behind) {
        this(behind, new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
    }

    private MilvusProxy(MilvusServer behind, InetSocketAddress address) {
        this.address = address;
        URI uri = URI.create(behind.uri());
        milvus = NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
        try {
            server = NettyServerBuilder.forAddress(address).executor(threads)
                    .fallbackHandlerRegistry(new PassOn()).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another one on the same port of another address, for who takes a host's name for that. */
    public MilvusProxy beside(MilvusServer behind, String host) {
        return new MilvusProxy(behind, new InetSocketAddress(host, address.getPort()));
    }

    public String uri() {
        return uri(address.getHostString());
    }

    /** @param host which the caller takes for this proxy's address */
    public String uri(String host) {
        return "http://%s:%d".formatted(host, address.getPort());
    }

    /** @param rpc the call's name in Milvus' service, as in {@code DropAlias} */
    public void after(String rpc, Runnable hook) {
        hooks.put(rpc, hook);
    }

    /** The names of the calls that came, in the order of arrival. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Every call from now on takes that much longer; zero ends it. */
    public void slow(Duration delayOfEachCall) {
        slow("", "", delayOfEachCall);
    }

    /**
     * The same for some calls only.
     *
     * @param rpc  the call's name
     * @param text that is in its request, such as a collection's name
     */
    public void slow(String rpc, String text, Duration delayOfEachCall) {
        slowness = new Slowness(rpc, text, delayOfEachCall);
    }

    /** From now on no call gets through, as where the network is gone, while the server goes on for everybody else. */
    public void cut() {
        cut = true;
    }

    public void mend() {
        cut = false;
    }

    @Override
    public void close() {
        server.shutdownNow();
        milvus.shutdownNow();
        threads.shutdownNow();
    }

    private void call(MethodDescriptor<byte[], byte[]> method, byte[] request, StreamObserver<byte[]> caller) {
        calls.add(method.getBareMethodName());
        try {
            hinder(method, request);
            byte[] answer = ClientCalls.blockingUnaryCall(milvus, method, CallOptions.DEFAULT, request);
            Runnable hook = hooks.remove(method.getBareMethodName());
            if (hook != null) {
                hook.run();
            }
            caller.onNext(answer);
            caller.onCompleted();
        } catch (StatusRuntimeException e) {
            caller.onError(e);
        }
    }

    private void hinder(MethodDescriptor<byte[], byte[]> method, byte[] request) {
        try {
            if (slowness.isOf(method, request)) {
                Thread.sleep(slowness.delay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("the proxy is going away").asRuntimeException();
        }
        if (cut) {
            throw Status.UNAVAILABLE.withDescription("no route to host").asRuntimeException();
        }
    }

    /** An empty name and an empty text are in every call. */
    private record Slowness(String rpc, String text, Duration delay) {
        boolean isOf(MethodDescriptor<byte[], byte[]> method, byte[] request) {
            return (rpc.isEmpty() || rpc.equals(method.getBareMethodName()))
                    && new String(request, StandardCharsets.ISO_8859_1).contains(text);
        }
    }

    /** Every method there is, none of which has to be known. */
    private final class PassOn extends HandlerRegistry {
        @Override
        public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
            MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setType(MethodDescriptor.MethodType.UNARY).setFullMethodName(name).build();
            return ServerMethodDefinition.create(method,
                    ServerCalls.asyncUnaryCall((request, caller) -> call(method, request, caller)));
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
