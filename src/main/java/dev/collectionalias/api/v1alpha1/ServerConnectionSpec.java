package dev.collectionalias.api.v1alpha1;

import java.util.List;
import java.util.Optional;

/** The common part of both kinds of connection: the server's address, the settings for talking to it, and who may use it. */
public interface ServerConnectionSpec {

    /** Null: {@link #milvusRef} names the server. */
    String uri();

    /** Names a Milvus of milvus-operator; null: the server is at {@link #uri}. */
    ObjectRef milvusRef();

    /** A text that names the server. It changes if the spec names another server. */
    default String server() {
        return uri() != null ? uri() : milvusRef().toString();
    }

    MilvusConnectionSpec.Timeouts timeouts();

    /** Empty: the operator sends no credentials. */
    Optional<CredentialsRef> credentialsRef();

    /** Empty: the operator trusts the certificate authorities of the Java runtime, and shows no client certificate. */
    Optional<TlsSettings> tlsSettings();

    /** Empty: the operator connects to the server directly. */
    Optional<ProxySettings> proxySettings();

    /** Empty: the connection serves its own namespace without a limit. */
    Optional<List<AllowRule>> allowRules();

    /** Names an object from which the operator reads something. */
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

    /** Names a Secret, and also the key of a token, which wins over the user's name. */
    interface CredentialsRef extends UserRef {

        String tokenKey();
    }

    /** The HTTP proxy that the operator connects through. */
    interface ProxySettings {

        String host();

        Integer port();

        /** Null: the operator names the proxy no user. */
        UserRef secretRef();
    }

    /** Names the object that has the certificate authorities, and the key in it. */
    interface AuthorityRef extends ObjectRef {

        CaKind kind();

        String key();
    }

    /** The certificates that the operator trusts and shows. */
    interface TlsSettings {

        /** Null: the certificate authorities of the Java runtime. */
        AuthorityRef caRef();

        /** Null: the operator shows no client certificate. */
        ObjectRef clientCertSecretRef();

        /** Null: the certificate has to name the host of the address. */
        String serverName();
    }
}
