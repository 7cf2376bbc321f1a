package dev.collectionalias.milvus;

import static java.lang.String.format;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.milvus.net.Endpoint;

/**
 * The port of an https address that names none. The operator takes 443. Earlier versions took 19530. An alias is owned per host
 * and port. So a connection that an earlier version reached at 19530 keeps that port until its uri changes.
 *
 * @param uri    of the spec; null: the spec has no uri
 * @param status what the connection remembers
 */
public record AssumedPort(String uri, MilvusConnectionStatus status) {

    public static AssumedPort of(ServerConnection<?> connection) {
        return new AssumedPort(connection.getSpec().uri(),
                connection.getStatus() == null ? MilvusConnectionStatus.EMPTY : connection.getStatus());
    }

    /** The server's address, judged by this connection alone; empty if its uri is no address. */
    public Optional<Endpoint> endpoint() {
        return Endpoint.find(uri).map(meant -> isKept() ? meant.at(Endpoint.DEFAULT_PORT) : meant);
    }

    /** Whether neither the uri nor the status names a port. Another connection with the same address may then decide it. */
    public boolean isOpen() {
        return namesNone(uri) && !isKept() && !Endpoint.of(uri).toString().equals(status.endpoint());
    }

    /** Whether the port is 19530. An earlier version did not write into the status by which uri it reached the server. */
    public boolean isKept() {
        return namesNone(uri) && Endpoint.of(uri).at(Endpoint.DEFAULT_PORT).toString().equals(status.endpoint())
                && (status.uri() == null || hasTheAddressOf(status.uri()));
    }

    /** Whether both uris name the same host and no port. They mean one server, whose aliases must all have one port. */
    public boolean hasTheAddressOf(String other) {
        return namesNone(uri) && namesNone(other) && Endpoint.of(uri).equals(Endpoint.of(other));
    }

    /** What a user has to know if the operator dials a port that the uri does not name; empty: the uri names it. */
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

    /** Whether the operator dials another port than the uri means. */
    public static boolean isKept(ConnectionSettings settings) {
        return namesNone(settings.server()) && settings.endpoint().port() != Endpoint.HTTPS_PORT;
    }

    private static boolean namesNone(String uri) {
        return uri != null && uri.toLowerCase(Locale.ROOT).startsWith("https:") && Endpoint.find(uri).isPresent()
                && URI.create(uri).getPort() == -1;
    }
}
