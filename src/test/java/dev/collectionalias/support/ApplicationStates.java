package dev.collectionalias.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;

/** What an Application of Argo CD goes through, read off a watch: to be waited for one after the other, and shown as a table. */
public final class ApplicationStates implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What Argo CD says of the Application.
     *
     * @param revision  the commit that it compares with
     * @param sync      {@code Synced} or {@code OutOfSync}
     * @param operation the phase of the last sync: {@code Running}, {@code Succeeded}, {@code Failed}; empty before the first
     * @param target    the commit of the last sync
     * @param message   what is said of each object that is not healthy, of a sync that goes on, and what else is complained of
     */
    public record State(String revision, String sync, String operation, String target, String health, String message) {

        public static final State GONE = new State("", "", "", "", "", "gone");

        private static State of(GenericKubernetesResource application) {
            JsonNode status = Serialization.jsonMapper().valueToTree(application).path("status");
            Stream<String> objects = stream(status.path("resources"))
                    .filter(object -> !object.at("/health/message").asText().isEmpty())
                    .filter(object -> !object.at("/health/status").asText().equals("Healthy"))
                    .map(object -> "%s %s: %s".formatted(object.path("kind").asText(), object.path("name").asText(),
                            object.at("/health/message").asText()));
            Stream<String> operation = Stream.of(status.path("operationState"))
                    .filter(last -> last.path("phase").asText().equals("Running"))
                    .map(last -> last.path("message").asText()).filter(text -> !text.isEmpty());
            Stream<String> complaints = stream(status.path("conditions"))
                    .map(condition -> condition.path("message").asText());
            return new State(status.at("/sync/revision").asText(), status.at("/sync/status").asText(),
                    status.at("/operationState/phase").asText(),
                    status.at("/operationState/operation/sync/revision").asText(),
                    status.at("/health/status").asText(),
                    Stream.of(objects, operation, complaints).flatMap(texts -> texts)
                            .collect(Collectors.joining("; ")));
        }

        private static Stream<JsonNode> stream(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false);
        }

        /** Whether this is what became of a commit, all of whose objects are as it says. */
        public boolean isSyncedTo(String commit) {
            return sync.equals("Synced") && revision.equals(commit);
        }

        /** Whether the sync of a commit has come to its end. */
        public boolean isOver(String commit) {
            return operation.equals("Succeeded") && target.equals(commit);
        }

        private String line(String time) {
            return "| %s | %s %.7s | %s %.7s | %s | %s |%n".formatted(time, sync, revision, operation, target, health,
                    message.replaceAll("\\s+", " "));
        }
    }

    private final String name;
    private final long began = System.nanoTime();
    private final List<String> lines = new ArrayList<>();
    private final List<State> unread = new ArrayList<>();
    private final Watch watch;
    private State last;
    private boolean closed;

    /** Begins before the Application is there. */
    public ApplicationStates(ArgoCd argoCd, String name) {
        this.name = name;
        watch = argoCd.client().genericKubernetesResources("argoproj.io/v1alpha1", "Application").withName(name)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource application) {
                        add(action == Action.DELETED ? State.GONE : State.of(application));
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        end();
                    }
                });
    }

    /** Writes between the states what was done. */
    public synchronized void note(String done) {
        lines.add("| %s | | | | *%s* |%n".formatted(time(), done));
    }

    /** Forgets the states until now: what is waited for next has to come after them. */
    public synchronized void skip() {
        unread.clear();
    }

    /** The first state that is as wanted, among those after the one that was waited for before. */
    public synchronized State await(String what, Predicate<State> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            while (!unread.isEmpty()) {
                State next = unread.removeFirst();
                if (wanted.test(next)) {
                    return next;
                }
            }
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (closed || left <= 0) {
                throw new AssertionError("%s: not %s, but%n%s".formatted(name, what, table()));
            }
            pause(left);
        }
    }

    public synchronized String table() {
        return "| time | sync | operation | health | message |%n| --- | --- | --- | --- | --- |%n".formatted()
                + String.join("", lines);
    }

    private synchronized void add(State state) {
        unread.add(state);
        if (!Objects.equals(last, state)) {
            lines.add(state.line(time()));
            last = state;
        }
        notifyAll();
    }

    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String time() {
        return "%.1f s".formatted((System.nanoTime() - began) / 1e9);
    }

    @Override
    public void close() {
        watch.close();
    }
}
