package dev.collectionalias.milvus.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Whom to trust and what to show when TLS is spoken. The server's certificate is verified in any case.
 *
 * @param authorities       who may have signed the server's certificate; empty: whom the Java runtime trusts
 * @param clientCertificate what to show to a server that asks for a certificate
 * @param serverName        the name that the server's certificate has to be for; empty: the host of the address
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
