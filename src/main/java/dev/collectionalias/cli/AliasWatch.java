package dev.collectionalias.cli;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** Follows one object, beginning with its present state. It survives restarts of the API server. */
final class AliasWatch implements AutoCloseable {

    /** One observation of the object. */
    sealed interface News {

        record Changed(CollectionAlias alias) implements News {}

        record Deleted() implements News {}

        /** The object did not change within the time given. */
        record Nothing() implements News {}
    }

    /** A proxy may cut a watch without a word. After this much silence, the command reads the object. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Resource<CollectionAlias> object;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final SharedIndexInformer<CollectionAlias> informer;

    private String version = "";

    private AliasWatch(Resource<CollectionAlias> object) {
        this.object = object;
        informer = object.inform(new Recorder());
        if (informer.getStore().list().isEmpty()) {
            news.add(new News.Deleted());
        }
    }

    static AliasWatch of(Resource<CollectionAlias> object) {
        return new AliasWatch(object);
    }

    News next(Duration patience) throws InterruptedException {
        Duration left = patience;
        while (left.compareTo(LONGEST_SILENCE) > 0) {
            News next = poll(LONGEST_SILENCE);
            if (next instanceof News.Nothing) {
                next = read();
            }
            if (!(next instanceof News.Nothing)) {
                return next;
            }
            left = left.minus(LONGEST_SILENCE);
        }
        return poll(left);
    }

    private News poll(Duration patience) throws InterruptedException {
        News next = news.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next instanceof News.Changed changed) {
            version = changed.alias().getMetadata().getResourceVersion();
        }
        return next == null ? new News.Nothing() : next;
    }

    private News read() {
        CollectionAlias now;
        try {
            now = object.get();
        } catch (KubernetesClientException e) {
            return new News.Nothing(); // the API server is away for a moment, as in an upgrade
        }
        if (now == null) {
            return new News.Deleted();
        }
        boolean known = version.equals(now.getMetadata().getResourceVersion());
        version = now.getMetadata().getResourceVersion();
        return known ? new News.Nothing() : new News.Changed(now);
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Recorder implements ResourceEventHandler<CollectionAlias> {

        @Override
        public void onAdd(CollectionAlias alias) {
            news.add(new News.Changed(alias));
        }

        @Override
        public void onUpdate(CollectionAlias before, CollectionAlias alias) {
            news.add(new News.Changed(alias));
        }

        @Override
        public void onDelete(CollectionAlias alias, boolean lastStateUnknown) {
            news.add(new News.Deleted());
        }
    }
}
