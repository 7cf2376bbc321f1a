package dev.collectionalias.api.v1alpha1;

import java.util.List;
import java.util.Optional;

/** Where a server is, how to talk to it, and who may: what the kinds of connection have in common. */
public interface ServerConnectionSpec {

    String uri();

    MilvusConnectionSpec.Timeouts timeouts();

    /** Empty: no credentials are sent. */
    Optional<CredentialsRef> credentialsRef();

    /** Empty: it serves its own namespace, and that without a limit. */
    Optional<List<AllowRule>> allowRules();

    /** Names a Secret, and the keys in it. */
    interface CredentialsRef {

        /** Null: the connection's own. */
        String namespace();

        String name();

        String tokenKey();

        String usernameKey();

        String passwordKey();
    }
}
