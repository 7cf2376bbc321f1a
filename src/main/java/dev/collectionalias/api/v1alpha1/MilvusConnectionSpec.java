package dev.collectionalias.api.v1alpha1;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The address of the server and the settings for talking to it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = MilvusConnectionSpec.ONE_SERVER_RULE, message = MilvusConnectionSpec.ONE_SERVER_MESSAGE)
@ValidationRule(value = MilvusConnectionSpec.TLS_RULE, message = MilvusConnectionSpec.TLS_MESSAGE)
@ValidationRule(value = MilvusConnectionSpec.PROXY_RULE, message = MilvusConnectionSpec.PROXY_MESSAGE)
public record MilvusConnectionSpec(
        @ValidationRule(value = URI_RULE, message = URI_MESSAGE)
        @Size(min = 8, max = 512)
        @ValidationRule(value = NO_CLOUD_RULE, message = NO_CLOUD_MESSAGE)
        @JsonPropertyDescription(URI_DESCRIPTION) String uri,
        @JsonPropertyDescription(MILVUS_REF_DESCRIPTION + " It is one of the same namespace.") MilvusRef milvusRef,
        @JsonPropertyDescription("The credentials. Absent: the operator sends none.") Auth auth,
        @JsonPropertyDescription(TLS_DESCRIPTION) Tls tls,
        @JsonPropertyDescription(PROXY_DESCRIPTION) HttpProxy httpProxy,
        @JsonPropertyDescription("How long the server may take.") Timeouts timeouts) implements ServerConnectionSpec {

    private static final String PORT = "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})";
    private static final String URI = "^https?://([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\\.?|\\[[0-9A-Fa-f:]+\\])(:"
            + PORT + ")?/?$";
    static final String URI_RULE = "self.matches(r'" + URI + "')";
    static final String URI_MESSAGE = "uri must be http://host:port or https://host:port, without a path";
    static final String URI_DESCRIPTION = "The server's address, http://host:port or https://host:port without a path. "
            + "If the port is absent, it is 443 for https and 19530 for http; status.endpoint has the one in use. The alias names its database itself.";
    static final String NO_CLOUD_RULE = "!self.contains('global-cluster')";
    static final String NO_CLOUD_MESSAGE = "uri must not contain 'global-cluster': the Milvus SDK would look the server up in a public cloud";
    static final String ONE_SERVER_RULE = "has(self.uri) != has(self.milvusRef)";
    static final String ONE_SERVER_MESSAGE = "exactly one of uri and milvusRef must be set";
    static final String MILVUS_REF_DESCRIPTION = "A Milvus that milvus-operator looks after, instead of a uri: a Milvus of milvus.io/v1beta1. "
            + "The address is its Service's. The operator speaks TLS if its spec.config has tlsMode 1 or 2, and always if tls is set.";
    static final String TLS_RULE = "!has(self.tls) || !has(self.uri) || self.uri.startsWith('https://')";
    static final String TLS_MESSAGE = "tls needs a uri that begins with https://";
    static final String PROXY_RULE = "!has(self.httpProxy) || has(self.uri)";
    static final String PROXY_MESSAGE = "httpProxy needs a uri: a Milvus of milvus-operator is reached within the cluster";
    static final String PROXY_DESCRIPTION = "The HTTP proxy to connect through, by CONNECT. The proxy looks the host of the uri up. "
            + "Absent: the operator connects directly, whatever HTTPS_PROXY says.";
    private static final String HOST = "^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\\.?|\\[[0-9A-Fa-f:]+\\])$";
    static final String PROXY_HOST_RULE = "self.matches(r'" + HOST + "')";
    static final String PROXY_HOST_MESSAGE = "httpProxy.host must be a name or an address alone, such as proxy.example.com";
    static final String PROXY_HOST_DESCRIPTION = "The proxy's name or address, without http:// and without the port.";
    static final String PROXY_PORT_DESCRIPTION = "The proxy's port.";
    static final String TLS_DESCRIPTION = "The authorities that the operator trusts and the certificate that it shows over TLS. It needs an https uri or a milvusRef. "
            + "If it is set (even to {}), the operator always speaks TLS with the Milvus of a milvusRef. "
            + "Absent: the certificate authorities of the operator's Java runtime, and no client certificate. "
            + "The operator always verifies the server's certificate.";
    static final String SERVER_NAME = "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$";
    static final String SERVER_NAME_DESCRIPTION = "The name that the server's certificate has to be for, and that the operator asks the server for. "
            + "Absent: the host of the address.";

    public MilvusConnectionSpec {
        timeouts = timeouts == null ? new Timeouts(null, null) : timeouts;
    }

    @Override
    public Optional<CredentialsRef> credentialsRef() {
        return Optional.ofNullable(auth).map(Auth::secretRef);
    }

    @Override
    public Optional<TlsSettings> tlsSettings() {
        return Optional.ofNullable(tls);
    }

    @Override
    public Optional<ProxySettings> proxySettings() {
        return Optional.ofNullable(httpProxy);
    }

    @Override
    public Optional<List<AllowRule>> allowRules() {
        return Optional.empty();
    }

    /** Names a Milvus of milvus-operator in the connection's own namespace. */
    public record MilvusRef(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The name of the Milvus.") String name) implements ObjectRef {

        /** Null: always the connection's own. */
        @Override
        public String namespace() {
            return null;
        }
    }

    /** The credentials for the server. */
    public record Auth(
            @Required
            @JsonPropertyDescription("A Secret of the same namespace with the key token, or the keys username and password.") SecretRef secretRef) {}

    /** Names a Secret of the connection's own namespace, and the keys in it. */
    public record SecretRef(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The Secret's name.") String name,
            @Default("token")
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The key of the token; it wins over username and password if present.") String tokenKey,
            @Default("username")
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The key of the user's name.") String usernameKey,
            @Default("password")
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The key of the password.") String passwordKey) implements CredentialsRef {

        public SecretRef {
            tokenKey = tokenKey == null ? "token" : tokenKey;
            usernameKey = usernameKey == null ? "username" : usernameKey;
            passwordKey = passwordKey == null ? "password" : passwordKey;
        }

        /** Null: always the connection's own, so that nobody reaches another namespace's Secrets. */
        @Override
        public String namespace() {
            return null;
        }
    }

    /** The settings of TLS beyond the address. */
    public record Tls(
            @JsonPropertyDescription("The object with the certificate authorities that the operator trusts. Absent: those of the operator's Java runtime.") CaRef caRef,
            @JsonPropertyDescription("A Secret of the same namespace, such as those of type kubernetes.io/tls. Its tls.crt has the client certificate, "
                    + "intermediate ones behind it. Its tls.key has the private key. Absent: the operator shows no certificate.") ClientCertSecretRef clientCertSecretRef,
            @Size(min = 1, max = 253)
            @Pattern(SERVER_NAME)
            @JsonPropertyDescription(SERVER_NAME_DESCRIPTION) String serverName) implements TlsSettings {}

    /** Names the object of the connection's own namespace that has the certificate authorities, and the key in it. */
    public record CaRef(
            @Default("Secret")
            @JsonPropertyDescription("The kind of the object.") CaKind kind,
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The object's name.") String name,
            @Default("ca.crt")
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The key of one or more certificates in PEM.") String key)
            implements
                AuthorityRef {

        public CaRef {
            kind = kind == null ? CaKind.Secret : kind;
            key = key == null ? "ca.crt" : key;
        }

        /** Null: always the connection's own. */
        @Override
        public String namespace() {
            return null;
        }
    }

    /** Names a Secret with a client certificate. */
    public record ClientCertSecretRef(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The Secret's name.") String name) implements ObjectRef {

        /** Null: always the connection's own. */
        @Override
        public String namespace() {
            return null;
        }
    }

    /** A proxy between the operator and the server. */
    public record HttpProxy(
            @Required
            @Size(min = 1, max = 253)
            @ValidationRule(value = PROXY_HOST_RULE, message = PROXY_HOST_MESSAGE)
            @JsonPropertyDescription(PROXY_HOST_DESCRIPTION) String host,
            @Required
            @Min(1)
            @Max(65535)
            @JsonPropertyDescription(PROXY_PORT_DESCRIPTION) Integer port,
            @JsonPropertyDescription("A Secret of the same namespace with the user and password for the proxy, by basic authentication. Absent: the "
                    + "operator sends none.") ProxySecretRef secretRef)
            implements
                ProxySettings {}

    /** Names a Secret of the connection's own namespace, and the keys in it. */
    public record ProxySecretRef(
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The Secret's name.") String name,
            @Default("username")
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The key of the user's name.") String usernameKey,
            @Default("password")
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The key of the password.") String passwordKey) implements UserRef {

        public ProxySecretRef {
            usernameKey = usernameKey == null ? "username" : usernameKey;
            passwordKey = passwordKey == null ? "password" : passwordKey;
        }

        /** Null: always the connection's own. */
        @Override
        public String namespace() {
            return null;
        }
    }

    /** Deadlines. */
    public record Timeouts(
            @Default("5s")
            @SchemaFrom(type = String.class)
            @Size(max = 30)
            @ValidationRule(value = KubernetesDuration.RULE
                    + " && duration(self) >= duration('100ms') && duration(self) <= duration('1m')", message = "timeouts.connect must be a duration such as 500ms or 5s, from 100ms to 1m")
            @JsonPropertyDescription("How long connecting may take, from 100ms to 1m.") KubernetesDuration connect,
            @Default("10s")
            @SchemaFrom(type = String.class)
            @Size(max = 30)
            @ValidationRule(value = KubernetesDuration.RULE
                    + " && duration(self) >= duration('100ms') && duration(self) <= duration('10m')", message = "timeouts.rpc must be a duration such as 500ms or 10s, from 100ms to 10m")
            @JsonPropertyDescription("How long one call may take, from 100ms to 10m.") KubernetesDuration rpc) {

        public Timeouts {
            connect = connect == null ? KubernetesDuration.of("5s") : connect;
            rpc = rpc == null ? KubernetesDuration.of("10s") : rpc;
        }
    }
}
