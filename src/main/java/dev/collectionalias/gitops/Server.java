package dev.collectionalias.gitops;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionSpec;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.observe.AliasDirectory;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.observe.CutoverObserver;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.WebhookAnswer;

/** A Milvus that stands behind every connection that the manifests name, as the operator's observer looks at one. */
final class Server implements AutoCloseable {

    private final ConnectionSettings settings;
    private final Clock clock;
    private final MilvusConnections clients;
    private final AliasObserver observer;

    Server(ConnectionSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        clients = new MilvusConnections(clock, connection -> RpcObserver.NONE);
        observer = new AliasObserver(kind -> false, new NoOthers(), connection -> Optional.of(connection(connection)),
                clients,
                new CutoverObserver(question -> new WebhookAnswer.Unanswered("it is asked by the operator only")),
                clock);
    }

    private MilvusConnection connection(ConnectionName name) {
        MilvusConnection connection = new MilvusConnection();
        connection.getMetadata().setName(name.name());
        connection.getMetadata().setNamespace(name.namespace());
        connection.setSpec(new MilvusConnectionSpec(settings.server(), null, null, null, null, null));
        return connection;
    }

    /** @throws Failure if it does not let us in */
    void connect(Stream<Subject> subjects) {
        subjects.map(ConnectionName::of).distinct().forEach(name -> {
            if (clients.connect(name, settings) instanceof Failed failed) {
                throw new Failure(failed.message());
            }
        });
    }

    /** @throws Failure if it does not say what has to be known */
    Change forecast(Manifest manifest, boolean foreign) {
        Subject subject = ManifestSubject.of(manifest, foreign, clock.instant());
        Connected connected = (Connected) clients.state(ConnectionName.of(subject)).orElseThrow();
        try {
            return new Forecast(observer, connected.client().gateway(), clock, manifest, foreign).change();
        } catch (MilvusException e) {
            throw new Failure(manifest.title() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    /** What manifests claim from each other was found out before, and what is in a cluster nobody asks. */
    private static final class NoOthers implements AliasDirectory {

        @Override
        public List<Subject> naming(String database, String alias) {
            return List.of();
        }

        @Override
        public List<Subject> previewing(String database, String alias) {
            return List.of();
        }

        @Override
        public List<Subject> needing(String database, String collection) {
            return List.of();
        }

        @Override
        public List<Subject> remembering(String database, String alias) {
            return List.of();
        }
    }
}
