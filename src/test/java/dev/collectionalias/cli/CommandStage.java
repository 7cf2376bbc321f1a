package dev.collectionalias.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.collectionalias.CommandsMain;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.plan.Request;
import dev.collectionalias.support.ApiServerDouble;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;

/**
 * Commands as somebody types them, an API server in this process, and a stand-in for the operator that answers a request
 * as the test says. What the real one answers is in {@code CommandLineIT}.
 */
final class CommandStage implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final String NAMESPACE = "shop";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final ApiServerDouble apiServer;
    private final KubernetesClient client;
    private volatile int watchesBeforeTheCommand;

    /** What a command left behind. */
    record Outcome(int exitCode, String stdout, String stderr) {}

    CommandStage(Path directory) {
        apiServer = new ApiServerDouble(directory).with("collectionaliases");
        client = apiServer.client();
    }

    /** Stores the object of {@code src/test/resources/cli/<picture>.yaml}; its generation begins at 1. */
    void given(String picture) {
        CollectionAlias alias = Serialization.unmarshal(read(picture + ".yaml"), CollectionAlias.class);
        client.resource(alias).create();
        if (alias.getStatus() != null) {
            client.resource(alias).updateStatus();
        }
    }

    /** Changes its metadata or its spec, as {@code kubectl patch --type=merge} does. */
    void patch(String yaml) {
        object().patch(MERGE, Serialization.asJson(map(yaml)));
    }

    /** Changes its status, as the operator does; what is null goes. */
    void report(String yaml) {
        CollectionAlias alias = object().require();
        Map<String, Object> status = map(Serialization.asYaml(alias.getStatus()));
        map(yaml).forEach((field, value) -> {
            if (value == null) {
                status.remove(field);
            } else {
                status.put(field, value);
            }
        });
        alias.setStatus(Serialization.unmarshal(Serialization.asYaml(status), CollectionAliasStatus.class));
        alias.getMetadata().setResourceVersion(null);
        client.resource(alias).updateStatus();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String yaml) {
        return Serialization.unmarshal(yaml, Map.class);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of("src/test/resources/cli", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Resource<CollectionAlias> object() {
        return client.resources(CollectionAlias.class).inNamespace(NAMESPACE).withName("products");
    }

    String annotation(Request.Kind kind) {
        Map<String, String> annotations = object().require().getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(kind.annotation());
    }

    /**
     * Answers a request once.
     *
     * @param answer from the request's value to what changes in the status, in YAML; empty for nothing
     */
    void operator(Request.Kind kind, UnaryOperator<String> answer) {
        object().inform(new ResourceEventHandler<>() {
            private boolean done;

            @Override
            public void onAdd(CollectionAlias alias) {
                look(alias);
            }

            @Override
            public void onUpdate(CollectionAlias before, CollectionAlias alias) {
                look(alias);
            }

            @Override
            public void onDelete(CollectionAlias alias, boolean lastStateUnknown) {
                done = true;
            }

            private void look(CollectionAlias alias) {
                Look now = new Look(alias);
                now.asked(kind).filter(value -> !done && now.handled(kind).filter(value::equals).isEmpty())
                        .ifPresent(value -> {
                            done = true;
                            awaitTheCommandsWatch();
                            String change = answer.apply(value);
                            if (!change.isEmpty()) {
                                report(change);
                            }
                        });
            }
        });
    }

    /** The double hangs for a minute if a watch ends while the double still sends the state at its beginning. */
    private void awaitTheCommandsWatch() {
        Awaitility.await("the command watches the object").until(() -> apiServer.watches() > watchesBeforeTheCommand);
    }

    /**
     * What the Events say that are read next: first those before anything is asked for, then those by which it is found
     * out why a request was ignored. The server can't select Events by the object that they are about.
     */
    void events(String... messages) {
        List<Event> events = Stream.of(messages).map(message -> new EventBuilder()
                .withNewMetadata().withName(message.replaceAll("\\W+", "-")).withUid(message).endMetadata()
                .withReason("RequestIgnored").withMessage(message).build()).toList();
        apiServer.server().expect().get()
                .withPath("/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name%3Dproducts")
                .andReturn(200,
                        new EventListBuilder().withNewMetadata().withResourceVersion("1").endMetadata()
                                .withItems(events).build())
                .once();
    }

    Outcome run(String... arguments) {
        return run(Terminal.NONE, arguments);
    }

    Outcome run(Terminal terminal, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = run(terminal, out, err, arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** For a command that does not end by itself. */
    int run(Terminal terminal, StringWriter out, StringWriter err, String... arguments) {
        watchesBeforeTheCommand = apiServer.watches();
        return CommandsMain.commandLine(Clock.fixed(NOON, ZoneOffset.UTC), terminal, Map.of())
                .setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(Stream
                        .concat(Stream.of(arguments), Stream.of("--kubeconfig", apiServer.kubeconfig().toString()))
                        .toArray(String[]::new));
    }

    static List<String> picture(String name) {
        return read(name + ".txt").lines().toList();
    }

    @Override
    public void close() {
        apiServer.close();
    }
}
