package dev.collectionalias.support;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.milvus.shaded.io.grpc.Context;
import io.milvus.shaded.io.grpc.Contexts;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.ServerCall;
import io.milvus.shaded.io.grpc.ServerCallHandler;
import io.milvus.shaded.io.grpc.ServerInterceptor;
import io.milvus.shaded.io.grpc.Status;

/**
 * Who may call {@link InProcessMilvus}. As on a new Milvus everybody may do everything, until authorization is enabled;
 * then there is {@code root}, and whom a test adds.
 */
public final class Accounts implements ServerInterceptor {

    private record Grantee(String user, String database) {}

    private static final String ROOT = "root";
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
            Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> USER = Context.key("user");

    private final Map<String, String> passwords = new ConcurrentHashMap<>(
            Map.of(ROOT, SecretLedger.password("the password of root")));
    private final Map<Grantee, Set<String>> privileges = new ConcurrentHashMap<>();
    private volatile boolean enabled;

    public void enableAuthorization() {
        enabled = true;
    }

    /** What {@code root} authenticates with now. */
    public String rootToken() {
        return token(ROOT);
    }

    /** What a user authenticates with now. */
    public String token(String user) {
        return user + ":" + passwords.get(user);
    }

    /** Adds a user, or sets the password of one. */
    public void setPassword(String user, String password) {
        passwords.put(user, password);
    }

    /**
     * Sets what a user may do in the database {@code default}, by the names of Milvus' privileges; {@code root} may do
     * everything.
     */
    public void setPrivileges(String user, String... names) {
        setPrivilegesIn(MilvusState.DEFAULT_DATABASE, user, names);
    }

    public void setPrivilegesIn(String database, String user, String... names) {
        privileges.put(new Grantee(user, database), Set.of(names));
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        if (!enabled) {
            return next.startCall(call, headers);
        }
        String header = headers.get(AUTHORIZATION);
        if (header == null) {
            return refuse(call, "missing authorization in header");
        }
        String[] token = new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8).split(":", 2);
        if (token.length < 2) {
            return refuse(call, "auth check failure, please check api key is correct");
        }
        if (!token[1].equals(passwords.get(token[0]))) {
            return refuse(call, "auth check failure, please check username and password are correct");
        }
        return Contexts.interceptCall(Context.current().withValue(USER, token[0]), call, headers, next);
    }

    /**
     * Ends the call if its user lacks the privilege for it in the database that the client named beside its requests. Which
     * database the request itself is about does not matter; measured on 2.6.20.
     *
     * @param privilege empty where everybody may call
     */
    void authorize(String privilege) {
        String user = USER.get();
        String database = CallDatabase.named();
        if (user == null || user.equals(ROOT) || privilege.isEmpty()
                || privileges.getOrDefault(new Grantee(user, database), Set.of()).contains(privilege)) {
            return;
        }
        throw Status.PERMISSION_DENIED.withDescription(
                "Privilege%s: permission deny to %s in the `%s` database".formatted(privilege, user, database))
                .asRuntimeException();
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, String reason) {
        call.close(Status.UNAUTHENTICATED.withDescription(reason), new Metadata());
        return new ServerCall.Listener<>() {
        };
    }
}
