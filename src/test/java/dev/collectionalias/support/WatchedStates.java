package dev.collectionalias.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

/**
 * What an object of another tool goes through, read off a watch: to be waited for one after the other, and shown as a table.
 *
 * @param <S> what is told apart
 */
abstract class WatchedStates<S extends WatchedStates.Row> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    interface Row {

        /** Its cells, one for each column. */
        List<String> cells();
    }

    private final String name;
    private final List<String> columns;
    private final long began = System.nanoTime();
    private final List<String> lines = new ArrayList<>();
    private final List<S> unread = new ArrayList<>();
    private final Watch watch;
    private S last;
    private boolean closed;

    /** Begins before the object is there. */
    WatchedStates(KubernetesClient client, String apiVersion, String kind, String name, List<String> columns,
            Function<GenericKubernetesResource, S> read, S gone) {
        this.name = name;
        this.columns = columns;
        watch = client.genericKubernetesResources(apiVersion, kind).withName(name).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource object) {
                add(action == Action.DELETED ? gone : read.apply(object));
            }

            @Override
            public void onClose(WatcherException cause) {
                end();
            }
        });
    }

    /** Writes between the states what was done. */
    public synchronized void note(String done) {
        List<String> cells = new ArrayList<>(columns.stream().map(column -> "").toList());
        cells.set(cells.size() - 1, "*" + done + "*");
        lines.add(line(time(), cells));
    }

    /** Forgets the states until now: what is waited for next has to come after them. */
    public synchronized void skip() {
        unread.clear();
    }

    /** The first state that is as wanted, among those after the one that was waited for before. */
    public synchronized S await(String what, Predicate<S> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            while (!unread.isEmpty()) {
                S next = unread.removeFirst();
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
        return line("time", columns) + line("---", columns.stream().map(column -> "---").toList())
                + String.join("", lines);
    }

    private synchronized void add(S state) {
        unread.add(state);
        if (!Objects.equals(last, state)) {
            lines.add(line(time(), state.cells()));
            last = state;
        }
        notifyAll();
    }

    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's loop looks whether there is something new
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

    private static String line(String first, List<String> cells) {
        return "| %s | %s |%n".formatted(first, String.join(" | ", cells));
    }

    @Override
    public void close() {
        watch.close();
    }
}
