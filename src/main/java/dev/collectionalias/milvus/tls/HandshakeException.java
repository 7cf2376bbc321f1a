package dev.collectionalias.milvus.tls;

import java.util.Optional;

/** A TLS handshake with this server is impossible, for a reason that a person can act upon. */
public final class HandshakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String cure;

    HandshakeException(String finding, Throwable cause) {
        this(finding, null, cause);
    }

    HandshakeException(String finding, String cure, Throwable cause) {
        super(finding, cause);
        this.cure = cure;
    }

    /** What a user can do if the spec names the server by its address; empty unless only one side expected TLS. */
    public Optional<String> cure() {
        return Optional.ofNullable(cure);
    }
}
