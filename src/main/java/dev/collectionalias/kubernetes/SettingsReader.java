package dev.collectionalias.kubernetes;

import static java.lang.String.format;

import java.net.HttpURLConnection;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.collectionalias.api.v1alpha1.CaKind;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec.AuthorityRef;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec.CredentialsRef;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec.ObjectRef;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec.ProxySettings;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec.TlsSettings;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec.UserRef;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.milvus.net.HttpProxy;
import dev.collectionalias.milvus.tls.ClientCertificate;
import dev.collectionalias.milvus.tls.Pem;
import dev.collectionalias.milvus.tls.Tls;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Reads the settings of a client out of a connection and the objects that it refers to. */
public final class SettingsReader {

    private static final String CERTIFICATE = "tls.crt";
    private static final String PRIVATE_KEY = "tls.key";

    /** The settings to connect with, or why they are incomplete. */
    public sealed interface Settings {
        /** @param milvus the server, if milvus-operator looks after it */
        record Complete(ConnectionSettings settings, Optional<ManagedMilvus> milvus) implements Settings {

            /** Says what a failure means to the author of the connection. */
            public Failed explain(MilvusException failure) {
                return milvus.map(managed -> managed.explain(failure, settings.tls().isPresent()))
                        .orElseGet(() -> Failed.because(failure));
            }
        }

        record Incomplete(Reason reason, String why, Lack lack) implements Settings {}
    }

    /** Whether an object that the connection refers to is there at all. */
    public enum Lack {
        /** It is there, or may be. */
        NONE,
        /** The operator may not look. While somebody deletes a namespace, its right may go before the objects do. */
        FORBIDDEN,
        /** It does not exist. */
        GONE;

        static Lack of(KubernetesClientException failure) {
            return failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN ? FORBIDDEN : NONE;
        }
    }

    private final ServerConnectionSpec spec;
    private final String namespace;
    private final Function<Reference, Optional<Map<String, String>>> objects;
    private final Function<ObjectName, ManagedMilvuses.Found> milvuses;

    private SettingsReader(ServerConnection<?> connection, Function<Reference, Optional<Map<String, String>>> objects,
            Function<ObjectName, ManagedMilvuses.Found> milvuses) {
        this.spec = connection.getSpec();
        this.namespace = connection.getMetadata().getNamespace();
        this.objects = objects;
        this.milvuses = milvuses;
    }

    /**
     * @param objects  finds the content of an object
     * @param milvuses finds a server that milvus-operator looks after
     */
    public static Settings read(ServerConnection<?> connection,
            Function<Reference, Optional<Map<String, String>>> objects,
            Function<ObjectName, ManagedMilvuses.Found> milvuses) {
        SettingsReader reader = new SettingsReader(connection, objects, milvuses);
        try {
            return reader.settings();
        } catch (Missing e) {
            return new Settings.Incomplete(Reason.SecretInvalid, e.getMessage(), e.lack);
        } catch (IllegalArgumentException e) {
            return new Settings.Incomplete(Reason.InvalidSpec, e.getMessage(), Lack.NONE);
        }
    }

    /** All objects that a reader needs beside the connection itself. */
    public static Set<Reference> references(ServerConnection<?> connection) {
        ServerConnectionSpec spec = connection.getSpec();
        SettingsReader reader = new SettingsReader(connection, reference -> Optional.empty(),
                milvus -> new ManagedMilvuses.Nowhere("", Lack.GONE));
        Set<Reference> references = new HashSet<>();
        spec.credentialsRef().map(reader::secret).ifPresent(references::add);
        spec.proxySettings().map(ProxySettings::secretRef).map(reader::secret).ifPresent(references::add);
        spec.tlsSettings().map(TlsSettings::caRef).map(reader::authority).ifPresent(references::add);
        spec.tlsSettings().map(TlsSettings::clientCertSecretRef).map(reader::secret).ifPresent(references::add);
        return references;
    }

    private Settings settings() {
        if (spec.uri() != null) {
            return new Settings.Complete(settings(spec.uri()), Optional.empty());
        }
        return switch (milvuses.apply(name(spec.milvusRef()))) {
            case ManagedMilvus milvus ->
                new Settings.Complete(settings(milvus.uri(spec.tlsSettings().isPresent())), Optional.of(milvus));
            case ManagedMilvuses.Nowhere nowhere ->
                new Settings.Incomplete(Reason.MilvusNotReady, nowhere.why(), nowhere.lack());
        };
    }

    private ConnectionSettings settings(String uri) {
        ConnectionSettings settings = ConnectionSettings
                .of(uri, spec.credentialsRef().map(this::credentials).orElse(Credentials.NONE),
                        spec.timeouts().connect().value(), spec.timeouts().rpc().value())
                .toldBy(spec.server());
        ConnectionSettings secured = spec.tlsSettings().map(this::tls).map(settings::with).orElse(settings);
        return spec.proxySettings().map(this::proxy).map(secured::through).orElse(secured);
    }

    private HttpProxy proxy(ProxySettings wanted) {
        Endpoint address = new Endpoint(wanted.host(), wanted.port());
        return new HttpProxy(address, wanted.secretRef() == null ? Credentials.NONE : user(wanted.secretRef()));
    }

    private Credentials user(UserRef ref) {
        Reference secret = secret(ref);
        Map<String, String> entries = entries(secret);
        try {
            return HttpProxy.user(required(secret, entries, ref.usernameKey()),
                    required(secret, entries, ref.passwordKey()));
        } catch (IllegalArgumentException e) {
            throw new Missing(format("%s: in its key %s, %s", secret, ref.usernameKey(), e.getMessage()), Lack.NONE);
        }
    }

    private Credentials credentials(CredentialsRef ref) {
        Reference secret = secret(ref);
        Map<String, String> entries = entries(secret);
        Optional<String> token = text(entries, ref.tokenKey());
        return token.map(Credentials::new)
                .or(() -> text(entries, ref.usernameKey()).flatMap(username -> text(entries, ref.passwordKey())
                        .map(password -> Credentials.usernamePassword(username, password))))
                .orElseThrow(() -> new Missing(
                        format("%s has neither the key %s nor the keys %s and %s with something in them", secret,
                                ref.tokenKey(), ref.usernameKey(), ref.passwordKey()),
                        Lack.NONE));
    }

    private Tls tls(TlsSettings wanted) {
        List<X509Certificate> authorities = wanted.caRef() == null ? List.of() : authorities(wanted.caRef());
        Optional<ClientCertificate> certificate = Optional.ofNullable(wanted.clientCertSecretRef())
                .map(this::clientCertificate);
        return new Tls(authorities, certificate, Optional.ofNullable(wanted.serverName()));
    }

    private List<X509Certificate> authorities(AuthorityRef ref) {
        Reference object = authority(ref);
        String pem = required(object, entries(object), ref.key());
        try {
            return Pem.certificates(pem);
        } catch (IllegalArgumentException e) {
            throw new Missing(format("%s: in its key %s, %s", object, ref.key(), e.getMessage()), Lack.NONE);
        }
    }

    private ClientCertificate clientCertificate(ObjectRef ref) {
        Reference secret = secret(ref);
        Map<String, String> entries = entries(secret);
        String certificates = required(secret, entries, CERTIFICATE);
        String key = required(secret, entries, PRIVATE_KEY);
        try {
            return ClientCertificate.of(certificates, key);
        } catch (IllegalArgumentException e) {
            throw new Missing(format("%s: in its keys %s and %s, %s", secret, CERTIFICATE, PRIVATE_KEY,
                    e.getMessage()), Lack.NONE);
        }
    }

    private Reference secret(ObjectRef ref) {
        return reference(CaKind.Secret, ref);
    }

    private Reference authority(AuthorityRef ref) {
        return reference(ref.kind(), ref);
    }

    private Reference reference(CaKind kind, ObjectRef ref) {
        return new Reference(kind, name(ref));
    }

    private ObjectName name(ObjectRef ref) {
        return new ObjectName(ref.namespace() == null ? namespace : ref.namespace(), ref.name());
    }

    private Map<String, String> entries(Reference reference) {
        try {
            return objects.apply(reference)
                    .orElseThrow(() -> new Missing(format("there is no %s", reference), Lack.GONE));
        } catch (KubernetesClientException e) {
            throw new Missing(format("%s can't be read: the operator may not, or the API server does not answer",
                    reference), Lack.of(e));
        }
    }

    private static String required(Reference reference, Map<String, String> entries, String key) {
        return text(entries, key)
                .orElseThrow(
                        () -> new Missing(format("%s has no key %s with something in it", reference, key), Lack.NONE));
    }

    /** Cuts the line break at the end off. An editor leaves one in a file, and no password means one. */
    private static Optional<String> text(Map<String, String> entries, String key) {
        return Optional.ofNullable(entries.get(key)).map(text -> text.replaceFirst("\\R$", ""))
                .filter(text -> !text.isEmpty());
    }

    /** An object that the connection refers to is not there, or has the wrong content. */
    private static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Lack lack;

        Missing(String why, Lack lack) {
            super(why);
            this.lack = lack;
        }
    }
}
