package dev.collectionalias.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.act.WritePermit.LostLeadershipException;
import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.reconciler.AliasPass.End;
import dev.collectionalias.schedule.AliasTurns;
import dev.collectionalias.schedule.WakeUps;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one Milvus alias as its CollectionAlias says. */
@ControllerConfiguration(name = "collectionalias", finalizerName = Api.ALIAS_FINALIZER, generationAwareEventProcessing = false)
public final class CollectionAliasReconciler implements Reconciler<CollectionAlias>, Cleaner<CollectionAlias> {

    private static final Logger LOG = LoggerFactory.getLogger(CollectionAliasReconciler.class);

    /** Time for the API server to send another writer's change. */
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration AFTER_A_FAILED_WRITE = Duration.ofSeconds(2);
    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(30);
    private static final Duration IF_NOT_WOKEN = Duration.ofSeconds(30);

    private final AliasPass pass;
    private final AliasTurns turns;
    private final AliasReports reports;
    private final AliasEventSources sources;
    private final ServerAddresses servers;
    private final WakeUps wakeUps;
    private final Clock clock;

    CollectionAliasReconciler(AliasPass pass, AliasTurns turns, AliasReports reports, AliasEventSources sources,
            ServerAddresses servers, WakeUps wakeUps, Clock clock) {
        this.pass = pass;
        this.turns = turns;
        this.reports = reports;
        this.sources = sources;
        this.servers = servers;
        this.wakeUps = wakeUps;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, CollectionAlias>> prepareEventSources(EventSourceContext<CollectionAlias> context) {
        return sources.prepare(context);
    }

    @Override
    public UpdateControl<CollectionAlias> reconcile(CollectionAlias alias, Context<CollectionAlias> context) {
        Duration delay = switch (pass(alias, context)) {
            case End.After after -> after.delay();
            case End.AtOnce ignored -> SOON;
            case End.Released ignored -> AFTER_AN_ERROR;
        };
        wakeUps.alias(Subjects.of(alias).name(), delay);
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(CollectionAlias alias, Context<CollectionAlias> context) {
        return switch (pass(alias, context)) {
            case End.Released ignored -> {
                reports.forget(alias);
                yield DeleteControl.defaultDelete();
            }
            case End.After after -> keep(alias, after.delay());
            case End.AtOnce ignored -> keep(alias, SOON);
        };
    }

    private DeleteControl keep(CollectionAlias alias, Duration delay) {
        wakeUps.alias(Subjects.of(alias).name(), delay);
        return DeleteControl.noFinalizerRemoval();
    }

    /** The SDK never runs a resource again after an Error, so nothing may get past here. */
    private End pass(CollectionAlias alias, Context<CollectionAlias> context) {
        try {
            return inTurn(alias, context);
        } catch (LostLeadershipException e) {
            LOG.warn("{}/{}: nothing was written: {}", alias.getMetadata().getNamespace(),
                    alias.getMetadata().getName(), e.getMessage());
            return new End.After(AFTER_AN_ERROR);
        } catch (KubernetesClientException e) {
            LOG.warn("{}/{}: a request to the API server failed: {}",
                    alias.getMetadata().getNamespace(), alias.getMetadata().getName(), e.getMessage());
            return new End.After(AFTER_A_FAILED_WRITE);
        } catch (Throwable e) {
            LOG.error("{}/{}: a pass failed", alias.getMetadata().getNamespace(), alias.getMetadata().getName(), e);
            return reportError(alias, e, context);
        } finally {
            reports.settle(alias, context);
        }
    }

    private End inTurn(CollectionAlias alias, Context<CollectionAlias> context) {
        Optional<AliasTurns.Turn> taken = turns.take(Subjects.of(alias), () -> server(alias));
        if (taken.isEmpty()) {
            return new End.After(IF_NOT_WOKEN);
        }
        try (AliasTurns.Turn turn = taken.get()) {
            CollectionAlias latest = reports.latest(alias, context);
            return pass.run(Subjects.of(latest), turn.isServerKnown(), reports.of(latest, context));
        }
    }

    private Optional<Endpoint> server(CollectionAlias alias) {
        return servers.of(ConnectionName.of(Subjects.of(alias))).or(() -> lastServer(alias));
    }

    private static Optional<Endpoint> lastServer(CollectionAlias alias) {
        return Optional.ofNullable(alias.getStatus()).map(CollectionAliasStatus::endpoint)
                .flatMap(endpoint -> Endpoint.find("http://" + endpoint));
    }

    private End reportError(CollectionAlias alias, Throwable error, Context<CollectionAlias> context) {
        try {
            CollectionAlias latest = reports.latest(alias, context);
            Subject subject = Subjects.of(latest);
            Problem problem = new Problem(Reason.InternalError,
                    "the operator failed with " + error.getClass().getSimpleName() + "; its log tells more");
            Situation situation = new Situation(subject, new Seen(new Sight.Unneeded()), clock.instant(), 0);
            reports.write(latest, Readiness.blocked(situation, problem).situation().status(), context);
        } catch (Throwable e) {
            LOG.debug("the failure could not be reported", e);
        }
        return new End.After(AFTER_AN_ERROR);
    }
}
