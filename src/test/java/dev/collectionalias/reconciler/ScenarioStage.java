package dev.collectionalias.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.collectionalias.act.AliasActor;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.observe.ConnectionDirectory;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.observe.CutoverObserver;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.CutoverState;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import dev.collectionalias.reconciler.AliasPass.End;
import dev.collectionalias.schedule.Turnstile;
import dev.collectionalias.support.InProcessMilvus;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The main path between a server double and objects that are lists. */
final class ScenarioStage implements AliasPass.Audience, AutoCloseable {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** What came out, in the words of {@code expected.yaml}. */
    record Result(List<String> calls, Map<String, String> aliases, List<String> events,
            CollectionAliasStatus status, boolean finalizerReleased) {}

    private final InProcessMilvus milvus;
    private final List<CutoverState> states = new ArrayList<>();
    private final MilvusConnections clients = new MilvusConnections(CLOCK, id -> RpcObserver.NONE);
    private final List<String> events = new ArrayList<>();
    private final AliasPass pass;
    private Subject subject;

    ScenarioStage(Scenario scenario, InProcessMilvus milvus) {
        this.milvus = milvus;
        List<Subject> objects = scenario.objects(milvus).stream().map(Subjects::of).toList();
        subject = objects.getFirst();
        states.add(before(subject));
        states.add(CutoverState.of(subject.spec(), subject.status()));
        ConnectionDirectory connections = name -> Optional.of(connection(milvus.uri()));
        clients.connect(ConnectionName.of(subject),
                ConnectionSettings.of(milvus.uri(),
                        Credentials.NONE, DEADLINE, DEADLINE));
        pass = new AliasPass(
                new AliasObserver(kind -> scenario.isKindLeaving(),
                        new ListedAliases(objects.subList(1, objects.size())), connections, clients,
                        new CutoverObserver(scenario.webhook(milvus)),
                        CLOCK),
                new AliasActor(new ConnectionView(connections, clients), () -> {}, CLOCK), new Turnstile(1), CLOCK);
        milvus.journal().clear();
    }

    /** As long as there is something to do at once, as the controller would. */
    End pass() {
        End end = pass.run(subject, true, this);
        while (end instanceof End.AtOnce) {
            end = pass.run(subject, true, this);
        }
        return end;
    }

    Result outcome(End end) {
        Map<String, String> aliases = new TreeMap<>();
        milvus.state().listAliases("default", "")
                .forEach(alias -> aliases.put(alias, milvus.state().target("default", alias).orElseThrow()));
        return new Result(milvus.journal().writes().stream().map(Object::toString).toList(), aliases, events,
                subject.status(), end instanceof End.Released);
    }

    /** The states that the cutover went through, from the one before the pass on. */
    List<CutoverState> states() {
        return states;
    }

    /** As it was called before the spec was changed, if it was. */
    private static CutoverState before(Subject subject) {
        var rejected = subject.status().rejected();
        var spec = subject.spec();
        return CutoverState.of(rejected == null
                ? spec
                : new CollectionAliasSpec(spec.alias(), rejected.collection(), null, null, null, null, null, null, null,
                        null, null, null),
                subject.status());
    }

    private static MilvusConnection connection(String uri) {
        return Serialization.unmarshal("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: MilvusConnection
                metadata: {name: default}
                spec: {uri: '%s'}
                """.formatted(uri), MilvusConnection.class);
    }

    @Override
    public boolean write(CollectionAliasStatus status) {
        subject = subject.with(status);
        states.add(CutoverState.of(subject.spec(), status));
        return true;
    }

    @Override
    public void announce(List<Announcement> announcements) {
        announcements.forEach(announcement -> events.add(announcement.reason().name()));
    }

    @Override
    public void called(Situation intent, Effect effect, Outcome outcome) {
        // Nobody counts.
    }

    @Override
    public void ended(Situation situation, Step.Outward last) {
        // There is nobody to wake.
    }

    @Override
    public void close() {
        clients.close();
    }
}
