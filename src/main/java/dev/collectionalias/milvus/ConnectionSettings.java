package dev.collectionalias.milvus;

import java.time.Duration;

/**
 * Everything that one client of one server is made from.
 *
 * @param endpoint       which server it is
 * @param address        the same as the user wrote it: what is looked up, and what the certificate has to name
 * @param tls            whether to speak TLS, trusting the certificate authorities of the Java runtime
 * @param credentials    what to authenticate with, or {@link Credentials#NONE}
 * @param connectTimeout how long connecting may take in all
 * @param rpcTimeout     how long one call may take
 */
public record ConnectionSettings(Endpoint endpoint, Endpoint address, boolean tls, Credentials credentials,
        Duration connectTimeout,
        Duration rpcTimeout) {

    /**
     * @param uri {@code http://host:port} or {@code https://host:port}
     * @throws IllegalArgumentException with a sentence for the user if the uri is none
     */
    public static ConnectionSettings of(String uri, Credentials credentials, Duration connectTimeout,
            Duration rpcTimeout) {
        return new ConnectionSettings(Endpoint.of(uri), Endpoint.asWritten(uri), uri.startsWith("https://"),
                credentials, connectTimeout, rpcTimeout);
    }
}
