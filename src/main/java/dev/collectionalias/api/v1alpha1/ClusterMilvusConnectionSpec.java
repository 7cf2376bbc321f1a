package dev.collectionalias.api.v1alpha1;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.collectionalias.api.v1alpha1.MilvusConnectionSpec.Timeouts;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Like {@link MilvusConnectionSpec}, but each reference names its namespace, and rules list what each namespace may do. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = MilvusConnectionSpec.ONE_SERVER_RULE, message = MilvusConnectionSpec.ONE_SERVER_MESSAGE)
@ValidationRule(value = MilvusConnectionSpec.TLS_RULE, message = MilvusConnectionSpec.TLS_MESSAGE)
@ValidationRule(value = MilvusConnectionSpec.PROXY_RULE, message = MilvusConnectionSpec.PROXY_MESSAGE)
public record ClusterMilvusConnectionSpec(
        @ValidationRule(value = MilvusConnectionSpec.URI_RULE, message = MilvusConnectionSpec.URI_MESSAGE)
        @Size(min = 8, max = 512)
        @ValidationRule(value = MilvusConnectionSpec.NO_CLOUD_RULE, message = MilvusConnectionSpec.NO_CLOUD_MESSAGE)
        @JsonPropertyDescription(MilvusConnectionSpec.URI_DESCRIPTION) String uri,
        @JsonPropertyDescription(MilvusConnectionSpec.MILVUS_REF_DESCRIPTION) MilvusRef milvusRef,
        @JsonPropertyDescription("The credentials. Absent: the operator sends none.") Auth auth,
        @JsonPropertyDescription(MilvusConnectionSpec.TLS_DESCRIPTION) Tls tls,
        @JsonPropertyDescription(MilvusConnectionSpec.PROXY_DESCRIPTION) HttpProxy httpProxy,
        @JsonPropertyDescription("How long the server may take.") Timeouts timeouts,
        @Size(max = 64)
        @JsonPropertyDescription("Which namespaces may claim which aliases. Each rule allows something, none forbids. Empty or absent: nobody may use "
                + "the connection. At most 64.") List<AllowRule> allow)
        implements
            ServerConnectionSpec {

    public ClusterMilvusConnectionSpec {
        timeouts = timeouts == null ? new Timeouts(null, null) : timeouts;
        allow = allow == null ? List.of() : List.copyOf(allow);
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
        return Optional.of(allow);
    }

    /** Names a Milvus of milvus-operator, and its namespace. */
    public record MilvusRef(
            @Required
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("The namespace of the Milvus.") String namespace,
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The name of the Milvus.") String name) implements ObjectRef {}

    /** The credentials for the server. */
    public record Auth(
            @Required
            @JsonPropertyDescription("A Secret with the key token, or the keys username and password.") SecretRef secretRef) {}

    /** Names a Secret and its namespace, and the keys in it. */
    public record SecretRef(
            @Required
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("The Secret's namespace.") String namespace,
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
    }

    /** The settings of TLS beyond the address. */
    public record Tls(
            @JsonPropertyDescription("The object with the certificate authorities that the operator trusts. Absent: those of the operator's Java runtime.") CaRef caRef,
            @JsonPropertyDescription("A Secret such as those of type kubernetes.io/tls. Its tls.crt has the client certificate, intermediate ones behind "
                    + "it. Its tls.key has the private key. Absent: the operator shows no certificate.") ClientCertSecretRef clientCertSecretRef,
            @Size(min = 1, max = 253)
            @Pattern(MilvusConnectionSpec.SERVER_NAME)
            @JsonPropertyDescription(MilvusConnectionSpec.SERVER_NAME_DESCRIPTION) String serverName)
            implements
                TlsSettings {}

    /** Names the object that has the certificate authorities, its namespace, and the key in it. */
    public record CaRef(
            @Default("Secret")
            @JsonPropertyDescription("The kind of the object.") CaKind kind,
            @Required
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("The object's namespace.") String namespace,
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
    }

    /** Names a Secret with a client certificate, and its namespace. */
    public record ClientCertSecretRef(
            @Required
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("The Secret's namespace.") String namespace,
            @Required
            @Size(min = 1, max = 253)
            @JsonPropertyDescription("The Secret's name.") String name) implements ObjectRef {}

    /** A proxy between the operator and the server. */
    public record HttpProxy(
            @Required
            @Size(min = 1, max = 253)
            @ValidationRule(value = MilvusConnectionSpec.PROXY_HOST_RULE, message = MilvusConnectionSpec.PROXY_HOST_MESSAGE)
            @JsonPropertyDescription(MilvusConnectionSpec.PROXY_HOST_DESCRIPTION) String host,
            @Required
            @Min(1)
            @Max(65535)
            @JsonPropertyDescription(MilvusConnectionSpec.PROXY_PORT_DESCRIPTION) Integer port,
            @JsonPropertyDescription("A Secret with the user and password for the proxy, by basic authentication. Absent: the operator sends none.") ProxySecretRef secretRef)
            implements
                ProxySettings {}

    /** Names a Secret and its namespace, and the keys in it. */
    public record ProxySecretRef(
            @Required
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("The Secret's namespace.") String namespace,
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
    }
}
