package dev.collectionalias.milvus;

import static java.lang.String.format;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.milvus.net.Endpoint;

/**
 * Which port an https address means that names none: 443. Versions before this rule took 19530, and aliases are owned per host and
 * port, so that a connection that was let in at 19530 keeps it until its uri changes.
 *
 * @param uri    of the spec; null: it has none
 * @param status what the connection remembers
 */
public record AssumedPort(String uri, MilvusConnectionStatus status) {

    public static AssumedPort of(ServerConnection<?> connection) {
        return new AssumedPort(connection.getSpec().uri(),
                connection.getStatus() == null ? MilvusConnectionStatus.EMPTY : connection.getStatus());
    }

    /** Where the connection leads by all that itself says; empty if its uri is no address. */
    public Optional<Endpoint> endpoint() {
        return Endpoint.find(uri).map(meant -> isKept() ? meant.at(Endpoint.DEFAULT_PORT) : meant);
    }

    /** Whether the connection says nothing of the port at all, so that another one with its address has a say in it. */
    public boolean isOpen() {
        return namesNone(uri) && !isKept() && !Endpoint.of(uri).toString().equals(status.endpoint());
    }

    /** Whether it is 19530. The status of an earlier version does not tell by which uri it was reached. */
    public boolean isKept() {
        return namesNone(uri) && Endpoint.of(uri).at(Endpoint.DEFAULT_PORT).toString().equals(status.endpoint())
                && (status.uri() == null || hasTheAddressOf(status.uri()));
    }

    /** Whether both uris name the same host and no port, and so mean one server, for whose aliases there must be one port only. */
    public boolean hasTheAddressOf(String other) {
        return namesNone(uri) && namesNone(other) && Endpoint.of(uri).equals(Endpoint.of(other));
    }

    /** What has to be known where a port is dialled that the uri does not name; empty: it names it. */
    public static Optional<String> note(ConnectionSettings settings) {
        if (!namesNone(settings.server())) {
            return Optional.empty();
        }
        return Optional.of(isKept(settings)
                ? format("the uri names no port, which means %d for https, but %d is kept, since this address was "
                        + "reached there before: write the port into the uri", Endpoint.HTTPS_PORT,
                        Endpoint.DEFAULT_PORT)
                : format("the uri names no port, so that %d is assumed, as for any https address",
                        Endpoint.HTTPS_PORT));
    }

    /** Whether the port is not the one that the uri means. */
    public static boolean isKept(ConnectionSettings settings) {
        return namesNone(settings.server()) && settings.endpoint().port() != Endpoint.HTTPS_PORT;
    }

    private static boolean namesNone(String uri) {
        return uri != null && uri.toLowerCase(Locale.ROOT).startsWith("https:") && Endpoint.find(uri).isPresent()
                && URI.create(uri).getPort() == -1;
    }
}
