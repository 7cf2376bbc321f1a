package dev.collectionalias.support;

import java.net.HttpURLConnection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * What the API server lets a user do, found out by asking for it. Objects that are asked for do not exist, and those that
 * are sent are empty, so that nothing changes; but what may be deleted as a collection is.
 */
public record PermittedRequests(KubernetesClient client) {

    /** The verbs of RBAC, and the requests that they stand for. */
    private enum Verb {
        GET("GET", true, ""), //
        LIST("GET", false, ""), //
        WATCH("GET", false, "?watch=true&timeoutSeconds=1"), //
        CREATE("POST", false, ""), //
        UPDATE("PUT", true, ""), //
        PATCH("PATCH", true, ""), //
        DELETE("DELETE", true, ""), //
        DELETECOLLECTION("DELETE", false, "");

        private final String method;
        private final boolean named;
        private final String query;

        Verb(String method, boolean named, String query) {
            this.method = method;
            this.named = named;
            this.query = query;
        }
    }

    private static final Set<String> CORE = Set.of("secrets", "configmaps", "events");
    private static final Set<Verb> OF_SUBRESOURCES = Set.of(Verb.GET, Verb.UPDATE, Verb.PATCH);

    /** As {@code create secrets}, in alphabetical order. */
    public Set<String> in(String namespace, String... resources) {
        return permitted("namespaces/%s/".formatted(namespace), resources);
    }

    /** The same where no namespace is named: of all namespaces, or of what belongs to none. */
    public Set<String> clusterWide(String... resources) {
        return permitted("", resources);
    }

    private Set<String> permitted(String scope, String... resources) {
        Set<String> permitted = new TreeSet<>();
        for (String resource : resources) {
            for (Verb verb : Verb.values()) {
                if (isPermitted(verb, scope, resource)) {
                    permitted.add("%s %s".formatted(verb.name().toLowerCase(Locale.ROOT), resource));
                }
            }
        }
        return permitted;
    }

    private boolean isPermitted(Verb verb, String scope, String resource) {
        String[] names = resource.split("/");
        boolean subresource = names.length > 1;
        if (subresource && !OF_SUBRESOURCES.contains(verb)) {
            return false;
        }
        String api = CORE.contains(names[0]) ? "/api/v1/" : "/apis/collectionalias.dev/v1alpha1/";
        String object = verb.named ? "/nobody" + (subresource ? "/" + names[1] : "") : "";
        try {
            client.raw(api + scope + names[0] + object + verb.query, verb.method,
                    verb.method.equals("GET") ? null : "{}");
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 0) {
                throw e;
            }
            return e.getCode() != HttpURLConnection.HTTP_FORBIDDEN;
        }
    }
}
