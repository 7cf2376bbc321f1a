package dev.collectionalias.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A name server, whose names the JDK looks up by {@link ServiceNames}. It has a domain that no other has, since the JDK remembers
 * what it found.
 */
public final class NameServer implements AutoCloseable {

    private static final String DOMAIN = ".name-server.test";
    private static final Map<String, NameServer> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final ThreadLocal<NameServer> ASKED = new ThreadLocal<>();

    private final String domain = "n" + STARTED.incrementAndGet() + DOMAIN;
    private final Map<String, List<InetAddress>> addresses = new ConcurrentHashMap<>();
    private final Set<String> slow = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch answering = new CountDownLatch(1);

    public NameServer() {
        RUNNING.put(domain, this);
    }

    /** @return the name under which a host has these addresses, or none */
    public String host(String label, String... found) {
        String name = label + "." + domain;
        addresses.put(name, Stream.of(found).map(NameServer::address).toList());
        return name;
    }

    /** The same for a name that is not found before {@link #answer}. */
    public String slowHost(String label, String... found) {
        String name = host(label, found);
        slow.add(name);
        return name;
    }

    public void answer() {
        answering.countDown();
    }

    /** How many questions wait for an answer. */
    public int waiting() {
        return waiting.get();
    }

    @Override
    public void close() {
        answer();
        RUNNING.remove(domain);
    }

    /** The one whose name it is, with or without its final dot. */
    static Optional<NameServer> of(String host) {
        String name = relative(host);
        return Optional.ofNullable(RUNNING.get(name.substring(name.indexOf('.') + 1)));
    }

    Stream<InetAddress> lookUp(String host) throws UnknownHostException {
        String name = relative(host);
        if (slow.contains(name)) {
            waiting.incrementAndGet();
            hold();
            waiting.decrementAndGet();
        }
        List<InetAddress> found = addresses.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return found.stream();
    }

    private static String relative(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static InetAddress address(String numeric) {
        try {
            return InetAddress.getByName(numeric);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** As the JDK's own look-up in native code, a class that is being initialized keeps a virtual thread on its carrier. */
    private void hold() {
        ASKED.set(this);
        try (InputStream code = Holding.class.getResourceAsStream("NameServer$Holding.class")) {
            MethodHandles.lookup().defineHiddenClass(code.readAllBytes(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        } finally {
            ASKED.remove();
        }
    }

    static void holdUntilItAnswers() {
        try {
            ASKED.get().answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Holding {
        static {
            holdUntilItAnswers();
        }
    }
}
