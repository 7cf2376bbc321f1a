package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.milvus.net.HttpProxy;
import dev.collectionalias.milvus.tls.Tls;

/**
 * Everything that one client of one server is made from.
 *
 * @param server         the server as the connection's spec tells it
 * @param endpoint       which server it is
 * @param address        the same as it was found: what is looked up, and what the certificate has to name
 * @param tls            how to speak TLS; empty: not at all
 * @param credentials    what to authenticate with, or {@link Credentials#NONE}
 * @param proxy          what to connect through; empty: nothing
 * @param connectTimeout how long connecting may take in all
 * @param rpcTimeout     how long one call may take
 */
public record ConnectionSettings(String server, Endpoint endpoint, Endpoint address, Optional<Tls> tls,
        Credentials credentials, Optional<HttpProxy> proxy, Duration connectTimeout, Duration rpcTimeout) {

    /** Makes the SDK send the credentials to {@code /global-cluster/topology} of the host, and trust what it answers. */
    private static final String CLOUD = "global-cluster";

    /**
     * With the certificate authorities of the Java runtime if the uri asks for TLS.
     *
     * @param uri {@code http://host:port} or {@code https://host:port}
     * @throws IllegalArgumentException with a sentence for the user if the uri is none
     */
    public static ConnectionSettings of(String uri, Credentials credentials, Duration connectTimeout,
            Duration rpcTimeout) {
        if (uri.toLowerCase(Locale.ROOT).contains(CLOUD)) {
            throw new IllegalArgumentException("the address must not contain '" + CLOUD
                    + "': the Milvus SDK would look the server up in a public cloud");
        }
        boolean wantsTls = uri.toLowerCase(Locale.ROOT).startsWith("https://");
        Optional<Tls> tls = wantsTls ? Optional.of(Tls.OF_THE_RUNTIME) : Optional.empty();
        return new ConnectionSettings(uri, Endpoint.of(uri), Endpoint.asWritten(uri), tls, credentials,
                Optional.empty(), connectTimeout, rpcTimeout);
    }

    /** The uri that the spec tells the server by; empty: it tells it by something else. */
    public Optional<String> uri() {
        return Optional.of(server).filter(told -> Endpoint.find(told).isPresent());
    }

    /** The same with other TLS, if TLS is spoken at all. */
    public ConnectionSettings with(Tls other) {
        return new ConnectionSettings(server, endpoint, address, tls.map(before -> other), credentials, proxy,
                connectTimeout, rpcTimeout);
    }

    /** The same by another port than the uri says. */
    public ConnectionSettings at(int port) {
        return new ConnectionSettings(server, endpoint.at(port), address.at(port), tls, credentials, proxy,
                connectTimeout, rpcTimeout);
    }

    /** The same, reached as it is, for a server that is known by another address where it is at home. */
    public ConnectionSettings knownAs(Endpoint other) {
        return new ConnectionSettings(server, other, address, tls, credentials, proxy, connectTimeout, rpcTimeout);
    }

    /** The same for a server that the spec tells by something else than its address. */
    public ConnectionSettings toldBy(String other) {
        return new ConnectionSettings(other, endpoint, address, tls, credentials, proxy, connectTimeout, rpcTimeout);
    }

    /** The same through a proxy. */
    public ConnectionSettings through(HttpProxy other) {
        return new ConnectionSettings(server, endpoint, address, tls, credentials, Optional.of(other), connectTimeout,
                rpcTimeout);
    }
}
