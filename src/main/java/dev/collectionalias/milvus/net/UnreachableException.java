package dev.collectionalias.milvus.net;

import dev.collectionalias.milvus.tls.HandshakeException;

/** There is no Milvus at an address, or no way to it. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why the operator does not reach a Milvus. */
    public enum Kind {
        /** Nothing answers: refused, unresolved, reset, or not in time. */
        UNAVAILABLE,
        /** The proxy does not let the operator through, or is no proxy. */
        PROXY,
        /** Only one side expected TLS, or one side did not accept the other's certificate. */
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

    /** @param cure what a user can do if the spec names the server by its address */
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

    /** What was found, without the cure. */
    public String finding() {
        return finding;
    }
}
