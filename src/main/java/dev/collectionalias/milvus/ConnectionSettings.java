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
 * @param server         the server as the connection's spec names it
 * @param endpoint       the server's identity, by which aliases are owned
 * @param address        the server's address: the client looks it up, and the certificate has to name it
 * @param tls            how to speak TLS; empty: without TLS
 * @param credentials    what to authenticate with, or {@link Credentials#NONE}
 * @param proxy          what to connect through; empty: directly
 * @param connectTimeout how long connecting may take in all
 * @param rpcTimeout     how long one call may take
 */
public record ConnectionSettings(String server, Endpoint endpoint, Endpoint address, Optional<Tls> tls,
        Credentials credentials, Optional<HttpProxy> proxy, Duration connectTimeout, Duration rpcTimeout) {

    /**
     * For an address with this in it, the SDK sends the credentials to the host's {@code /global-cluster/topology} and trusts
     * the answer.
     */
    private static final String CLOUD = "global-cluster";

    /**
     * Settings for an address. If the uri asks for TLS, the client trusts the certificate authorities of the Java runtime.
     *
     * @param uri {@code http://host:port} or {@code https://host:port}
     * @throws IllegalArgumentException with a sentence for the user if the uri is not such an address
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

    /** The uri by which the spec names the server; empty: the spec names the server by something else. */
    public Optional<String> uri() {
        return Optional.of(server).filter(told -> Endpoint.find(told).isPresent());
    }

    /** The same settings with other TLS, if they use TLS at all. */
    public ConnectionSettings with(Tls other) {
        return new ConnectionSettings(server, endpoint, address, tls.map(before -> other), credentials, proxy,
                connectTimeout, rpcTimeout);
    }

    /** The same settings with another port than the uri says. */
    public ConnectionSettings at(int port) {
        return new ConnectionSettings(server, endpoint.at(port), address.at(port), tls, credentials, proxy,
                connectTimeout, rpcTimeout);
    }

    /**
     * The same settings for a server that aliases know by another address. The client still connects to the address it has.
     */
    public ConnectionSettings knownAs(Endpoint other) {
        return new ConnectionSettings(server, other, address, tls, credentials, proxy, connectTimeout, rpcTimeout);
    }

    /** The same settings for a server that the spec names by something else than its address. */
    public ConnectionSettings toldBy(String other) {
        return new ConnectionSettings(other, endpoint, address, tls, credentials, proxy, connectTimeout, rpcTimeout);
    }

    /** The same settings through a proxy. */
    public ConnectionSettings through(HttpProxy other) {
        return new ConnectionSettings(server, endpoint, address, tls, credentials, Optional.of(other), connectTimeout,
                rpcTimeout);
    }
}
