package dev.collectionalias.api.v1alpha1;

import java.util.List;
import java.util.Optional;

/** Where a server is, how to talk to it, and who may: what the kinds of connection have in common. */
public interface ServerConnectionSpec {

    /** Null: the server is named by {@link #milvusRef}. */
    String uri();

    /** Names a Milvus that milvus-operator looks after; null: the server is at {@link #uri}. */
    ObjectRef milvusRef();

    /** What the server is told by, as long as the spec means the same one. */
    default String server() {
        return uri() != null ? uri() : milvusRef().toString();
    }

    MilvusConnectionSpec.Timeouts timeouts();

    /** Empty: no credentials are sent. */
    Optional<CredentialsRef> credentialsRef();

    /** Empty: the certificate authorities of the Java runtime, and no client certificate. */
    Optional<TlsSettings> tlsSettings();

    /** Empty: the server is connected to directly. */
    Optional<ProxySettings> proxySettings();

    /** Empty: it serves its own namespace, and that without a limit. */
    Optional<List<AllowRule>> allowRules();

    /** Names an object that something is read from. */
    interface ObjectRef {

        /** Null: the connection's own. */
        String namespace();

        String name();
    }

    /** Names a Secret, and the keys of a user's name and password in it. */
    interface UserRef extends ObjectRef {

        String usernameKey();

        String passwordKey();
    }

    /** The same, and the key of a token, which wins. */
    interface CredentialsRef extends UserRef {

        String tokenKey();
    }

    /** The HTTP proxy to connect through. */
    interface ProxySettings {

        String host();

        Integer port();

        /** Null: the proxy is told no user. */
        UserRef secretRef();
    }

    /** Names what has the certificate authorities, and the key in it. */
    interface AuthorityRef extends ObjectRef {

        CaKind kind();

        String key();
    }

    /** Whom to trust and what to show when TLS is spoken. */
    interface TlsSettings {

        /** Null: the certificate authorities of the Java runtime. */
        AuthorityRef caRef();

        /** Null: no client certificate is shown. */
        ObjectRef clientCertSecretRef();

        /** Null: the host of the address. */
        String serverName();
    }
}
