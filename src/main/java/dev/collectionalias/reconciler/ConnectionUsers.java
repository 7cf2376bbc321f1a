package dev.collectionalias.reconciler;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.kubernetes.AliasIndex;
import dev.collectionalias.observe.KindDirectory;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.Allowance;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Leaving;
import dev.collectionalias.plan.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The aliases that keep a connection from going. */
record ConnectionUsers(AliasIndex aliases, KindDirectory kinds) {

    /**
     * A connection stays, and works, until the last alias that needs it is gone. If its kind is being deleted, it waits
     * only for drops that have begun. A definition that waited for aliases could come back only after somebody deletes
     * those.
     *
     * @return their names, without the namespace of the connection: a reader of its status knows that
     */
    List<String> keeping(ServerConnection<?> connection, ConnectionName name, KubernetesClient client) {
        List<Subject> users = users(connection, name, client);
        boolean leaving = !users.isEmpty() && kinds.isLeaving(connection.getClass());
        return users.stream().filter(user -> !leaving || Leaving.isDropBegun(user)).map(Subject::name).sorted()
                .map(alias -> alias.namespace().equals(name.namespace()) ? alias.name() : alias.toString()).toList();
    }

    /**
     * The aliases that the connection allows. Others do not use it, and must not be able to keep it. The index is empty
     * until the other controller has read its objects. So if the index has none, the operator asks the API server.
     */
    private List<Subject> users(ServerConnection<?> connection, ConnectionName name, KubernetesClient client) {
        Allowance allowance = new Allowance(name, connection.getSpec());
        return Stream.<Supplier<List<Subject>>>of(() -> aliases.using(name), () -> asked(name, client))
                .map(look -> look.get().stream().filter(alias -> allowance.covers(alias, alias.spec().alias()))
                        .toList())
                .filter(users -> !users.isEmpty()).findFirst().orElse(List.of());
    }

    private static List<Subject> asked(ConnectionName name, KubernetesClient client) {
        var all = client.resources(CollectionAlias.class);
        var within = name.namespace().isEmpty() ? all.inAnyNamespace() : all.inNamespace(name.namespace());
        try {
            return within.list().getItems().stream().map(Subjects::of)
                    .filter(alias -> ConnectionName.of(alias).equals(name)).toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of(); // somebody deleted the kind of the aliases
            }
            throw e;
        }
    }
}
