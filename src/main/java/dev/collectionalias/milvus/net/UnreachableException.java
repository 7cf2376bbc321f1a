package dev.collectionalias.milvus.net;

import dev.collectionalias.milvus.tls.HandshakeException;

/** There is no Milvus at an address, or no way to it. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Kind {
        /** Nobody answers: refused, unresolved, reset, or not in time. */
        UNAVAILABLE,
        /** The proxy on the way does not let us through, or is none. */
        PROXY,
        /** TLS was expected on one side only, or a certificate was not accepted. */
        TLS,
        /** Something answers, but it is no Milvus. */
        NOT_A_MILVUS
    }

    private final Kind kind;
    private final String finding;

    /** @param message one sentence for a person */
    UnreachableException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.finding = message;
    }

    private UnreachableException(String finding, String cure, Throwable cause) {
        super(finding + "; " + cure, cause);
        this.kind = Kind.TLS;
        this.finding = finding;
    }

    /** @param cure what to do about it where the server was named by its address */
    static UnreachableException oneSidedTls(String finding, String cure) {
        return new UnreachableException(finding, cure, null);
    }

    static UnreachableException at(Endpoint endpoint, HandshakeException failure) {
        String finding = endpoint + ": " + failure.getMessage();
        return failure.cure().map(cure -> new UnreachableException(finding, cure, failure))
                .orElseGet(() -> new UnreachableException(Kind.TLS, finding, failure));
    }

    public Kind kind() {
        return kind;
    }

    /** What was found, without what to do about it. */
    public String finding() {
        return finding;
    }
}
