package dev.collectionalias.api.v1alpha1;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where the server is, and how to talk to it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MilvusConnectionSpec(
        @Required
        @ValidationRule(value = URI_RULE, message = URI_MESSAGE)
        @Size(min = 8, max = 512)
        @ValidationRule(value = NO_CLOUD_RULE, message = NO_CLOUD_MESSAGE)
        @JsonPropertyDescription(URI_DESCRIPTION) String uri,
        @JsonPropertyDescription("The credentials. Absent: none are sent.") Auth auth,
        @JsonPropertyDescription("How long the server may take.") Timeouts timeouts) implements ServerConnectionSpec {

    private static final String PORT = "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})";
    private static final String URI = "^https?://([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:]+\\])(:"
            + PORT + ")?/?$";
    static final String URI_RULE = "self.matches(r'" + URI + "')";
    static final String URI_MESSAGE = "uri must be http://host:port or https://host:port, without a path";
    static final String URI_DESCRIPTION = "The server's address, http://host:port or https://host:port without a path; the port is 19530 if absent. "
            + "The alias names its database itself.";
    static final String NO_CLOUD_RULE = "!self.contains('global-cluster')";
    static final String NO_CLOUD_MESSAGE = "uri must not contain 'global-cluster': the Milvus SDK would look the server up in a public cloud";

    public MilvusConnectionSpec {
        timeouts = timeouts == null ? new Timeouts(null, null) : timeouts;
    }

    @Override
    public Optional<CredentialsRef> credentialsRef() {
        return Optional.ofNullable(auth).map(Auth::secretRef);
    }

    @Override
    public Optional<List<AllowRule>> allowRules() {
        return Optional.empty();
    }

    /** Credentials. */
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

        /** Always the connection's own: nobody reaches another namespace's Secrets. */
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
