package dev.collectionalias.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy as companies have one: it knows names that nobody else does, and may want to be told a user. */
public final class ConnectProxy implements AutoCloseable {

    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket socket;
    private volatile Optional<String> user = Optional.empty();
    private volatile String answer = "HTTP/1.1 200 Connection established";

    public ConnectProxy() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** @param address host:port, which this proxy alone takes for the server's */
    public ConnectProxy knows(String address, MilvusServer server) {
        ports.put(address, URI.create(server.uri()).getPort());
        return this;
    }

    /** Only who tells this user gets through; those who are through stay. */
    public ConnectProxy wants(String name, String password) {
        user = Optional.of("Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Says this to everybody from now on, and closes. */
    public ConnectProxy answers(String head) {
        answer = head;
        return this;
    }

    /** What was asked for, in the order of arrival, answered or not. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** How many connections are open. */
    public int through() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            List<String> request = head(client.getInputStream()).lines().toList();
            String target = request.getFirst().split(" ")[1];
            asked.add(target);
            String said = reply(request, target);
            client.getOutputStream().write((said + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            if (said.contains(" 200 ")) {
                connect(client, target);
            }
        } catch (IOException e) {
            // Either side had enough.
        } finally {
            open.remove(client);
        }
    }

    private String reply(List<String> request, String target) {
        if (user.isPresent() && !request.contains("Proxy-Authorization: " + user.get())
                && !request.contains("proxy-authorization: " + user.get())) {
            return "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"";
        }
        return !answer.contains(" 200 ") || ports.containsKey(target)
                ? answer
                : "HTTP/1.1 503 Service Unavailable";
    }

    private void connect(Socket client, String target) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), ports.get(target))) {
            Thread back = Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Either side had enough.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
