package dev.collectionalias.milvus.tls;

import java.util.Optional;

/** There is no speaking TLS with this server, for a reason that a person can act upon. */
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

    /** What to do about it where the server was named by its address; empty unless TLS was expected on one side only. */
    public Optional<String> cure() {
        return Optional.ofNullable(cure);
    }
}
