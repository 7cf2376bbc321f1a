package dev.collectionalias.reconciler;

import static java.lang.String.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec.CredentialsRef;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.Credentials;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Reads what a client is made from out of a connection and the Secret that it refers to. */
final class SettingsReader {

    /** All there is to connect with, or why there is not. */
    sealed interface Settings {
        record Complete(ConnectionSettings settings) implements Settings {}

        /** @param gone whether the Secret does not exist at all */
        record Incomplete(Reason reason, String why, boolean gone) implements Settings {}
    }

    private SettingsReader() {}

    static Settings read(ServerConnection<?> connection, Function<ObjectName, Optional<Secret>> secrets) {
        ServerConnectionSpec spec = connection.getSpec();
        if (spec.credentialsRef().isEmpty()) {
            return complete(spec, Credentials.NONE);
        }
        CredentialsRef ref = spec.credentialsRef().get();
        ObjectName name = secretOf(connection, ref);
        Optional<Secret> secret;
        try {
            secret = secrets.apply(name);
        } catch (KubernetesClientException e) {
            return new Settings.Incomplete(Reason.SecretInvalid,
                    format("Secret %s can't be read: the operator may not, or the API server "
                            + "does not answer", name),
                    false);
        }
        if (secret.isEmpty()) {
            return new Settings.Incomplete(Reason.SecretInvalid, format("there is no Secret %s", name), true);
        }
        Map<String, String> entries = secret.get().getData() == null ? Map.of() : secret.get().getData();
        return credentials(entries, ref).map(credentials -> complete(spec, credentials))
                .orElseGet(() -> new Settings.Incomplete(Reason.SecretInvalid,
                        format("Secret %s has neither the key %s nor the keys %s and %s with something in them", name,
                                ref.tokenKey(), ref.usernameKey(), ref.passwordKey()),
                        false));
    }

    /** The Secret that a connection refers to. */
    static Optional<ObjectName> secretOf(ServerConnection<?> connection) {
        return connection.getSpec().credentialsRef().map(ref -> secretOf(connection, ref));
    }

    private static ObjectName secretOf(ServerConnection<?> connection, CredentialsRef ref) {
        return new ObjectName(ref.namespace() == null ? connection.getMetadata().getNamespace() : ref.namespace(),
                ref.name());
    }

    private static Settings complete(ServerConnectionSpec spec, Credentials credentials) {
        try {
            return new Settings.Complete(ConnectionSettings.of(spec.uri(), credentials,
                    spec.timeouts().connect().value(), spec.timeouts().rpc().value()));
        } catch (IllegalArgumentException e) {
            return new Settings.Incomplete(Reason.InvalidSpec, e.getMessage(), false);
        }
    }

    private static Optional<Credentials> credentials(Map<String, String> entries, CredentialsRef ref) {
        Optional<String> token = text(entries, ref.tokenKey());
        if (token.isPresent()) {
            return token.map(Credentials::new);
        }
        return text(entries, ref.usernameKey()).flatMap(username -> text(entries, ref.passwordKey())
                .map(password -> Credentials.usernamePassword(username, password)));
    }

    /** Without the line break at its end, which a file made with an editor has and no password means. */
    private static Optional<String> text(Map<String, String> entries, String key) {
        return Optional.ofNullable(entries.get(key))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                .map(text -> text.replaceFirst("\\R$", "")).filter(text -> !text.isEmpty());
    }
}
