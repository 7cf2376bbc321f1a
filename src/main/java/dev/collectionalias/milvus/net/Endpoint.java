package dev.collectionalias.milvus.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A server's address in one canonical form. Aliases are owned per endpoint, so two connections to one server must have the same
 * one.
 */
public record Endpoint(String host, int port) {

    /** The port of Milvus' gRPC service. */
    public static final int DEFAULT_PORT = 19530;

    /** The port of an https address that names none, as everywhere on the web and in pymilvus. */
    public static final int HTTPS_PORT = 443;

    /** @throws IllegalArgumentException with a sentence for the user if the text is not an http(s) address */
    public static Endpoint of(String uri) {
        Endpoint written = asWritten(uri);
        return new Endpoint(canonical(written.host()), written.port());
    }

    /** The address with the host as it was written, for a name lookup. */
    public static Endpoint asWritten(String uri) {
        URI parsed;
        try {
            parsed = new URI(uri);
        } catch (URISyntaxException e) {
            // The cause's message repeats the text, so it is left out.
            throw new IllegalArgumentException("uri is no address that can be read");
        }
        if (parsed.getHost() == null || parsed.getScheme() == null) {
            throw new IllegalArgumentException("uri names no host that can be looked up");
        }
        String scheme = parsed.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.matches("https?")) {
            // The client would connect without TLS.
            throw new IllegalArgumentException("uri must begin with http:// or https://");
        }
        if (parsed.getRawUserInfo() != null) {
            throw new IllegalArgumentException("uri has a user in it; credentials belong into the Secret of spec.auth");
        }
        if (!parsed.getRawPath().matches("/?") || parsed.getRawQuery() != null || parsed.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "uri must be http://host:port or https://host:port, with nothing behind it");
        }
        int assumed = scheme.equals("https") ? HTTPS_PORT : DEFAULT_PORT;
        int port = parsed.getPort() == -1 ? assumed : parsed.getPort();
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("uri has the port " + port + ", which is not between 1 and 65535");
        }
        return new Endpoint(parsed.getHost(), port);
    }

    /** The host for a name lookup: an IPv6 address without its brackets. */
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The same host with another port. */
    public Endpoint at(int otherPort) {
        return new Endpoint(host, otherPort);
    }

    /** Like {@link #of}, but empty if the text is not such an address. */
    public static Optional<Endpoint> find(String uri) {
        try {
            return Optional.of(of(uri));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Lower case, no final dot, and a Service's short name: {@code milvus.prod} for {@code milvus.prod.svc.cluster.local}. */
    private static String canonical(String host) {
        String name = stripEnd(host.toLowerCase(Locale.ROOT), ".");
        return stripEnd(stripEnd(name, ".svc.cluster.local"), ".svc");
    }

    private static String stripEnd(String name, String end) {
        return name.endsWith(end) && name.length() > end.length()
                ? name.substring(0, name.length() - end.length())
                : name;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
