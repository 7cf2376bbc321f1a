package dev.collectionalias.milvus.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Which certificates a client trusts and shows. The client verifies the server's certificate in any case.
 *
 * @param authorities       which may have signed the server's certificate; empty: those of the Java runtime
 * @param clientCertificate for a server that asks for one
 * @param serverName        the name that the server's certificate must have; empty: the host of the address
 */
public record Tls(List<X509Certificate> authorities, Optional<ClientCertificate> clientCertificate,
        Optional<String> serverName) {

    public static final Tls OF_THE_RUNTIME = new Tls(List.of(), Optional.empty(), Optional.empty());

    public Tls {
        authorities = List.copyOf(authorities);
    }

    @Override
    public String toString() {
        return "TLS with %d authorities, %s, for %s".formatted(authorities.size(),
                clientCertificate.isPresent() ? "a client certificate" : "no client certificate",
                serverName.orElse("the host"));
    }
}
