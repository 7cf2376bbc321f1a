package dev.collectionalias.reconciler;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.kubernetes.EventRecorder;
import dev.collectionalias.kubernetes.OwnWrites;
import dev.collectionalias.kubernetes.StatusWriter;
import dev.collectionalias.metrics.OperatorMetrics;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Writes a pass's status and Events to the API server, counts them, and wakes the objects that the pass concerns. */
record AliasReports(OwnWrites<CollectionAlias> ownWrites, EventRecorder events,
        OperatorMetrics metrics, OthersConcerned others) {

    /** The object as it is now. Another object of the same alias may have had its turn in between, and the SDK's cache lags. */
    CollectionAlias latest(CollectionAlias alias, Context<CollectionAlias> context) {
        return ownWrites.newest(context.getPrimaryCache().get(ResourceID.fromResource(alias)).orElse(alias));
    }

    AliasPass.Audience of(CollectionAlias alias, Context<CollectionAlias> context) {
        return new Reporting(alias, context);
    }

    /** @return empty if somebody else wrote the status, or the object is gone */
    Optional<CollectionAlias> write(CollectionAlias alias, CollectionAliasStatus status,
            Context<CollectionAlias> context) {
        Optional<CollectionAlias> written = StatusWriter.write(alias, status, metadata -> blank(alias, metadata),
                context.getClient());
        written.ifPresent(ownWrites::remember);
        return written;
    }

    private static CollectionAlias blank(CollectionAlias alias, ObjectMeta metadata) {
        CollectionAlias blank = new CollectionAlias();
        blank.setMetadata(metadata);
        blank.setSpec(alias.getSpec());
        return blank;
    }

    /** Forgets the writes that the SDK's cache has got since. */
    void settle(CollectionAlias alias, Context<CollectionAlias> context) {
        context.getPrimaryCache().get(ResourceID.fromResource(alias)).ifPresent(ownWrites::arrived);
    }

    /** The object goes. */
    void forget(CollectionAlias alias) {
        others.released(Subjects.of(alias));
        ownWrites.forget(alias);
        metrics.forget(Subjects.of(alias).name());
    }

    private final class Reporting implements AliasPass.Audience {
        private final Context<CollectionAlias> context;
        private CollectionAlias alias;

        Reporting(CollectionAlias alias, Context<CollectionAlias> context) {
            this.alias = alias;
            this.context = context;
        }

        @Override
        public boolean write(CollectionAliasStatus status) {
            Subject before = Subjects.of(alias);
            Optional<CollectionAlias> written = AliasReports.this.write(alias, status, context);
            written.ifPresent(now -> {
                alias = now;
                metrics.written(before, status);
                others.written(before, status);
            });
            return written.isPresent();
        }

        @Override
        public void announce(List<Announcement> announcements) {
            events.record(context.getClient(), alias, announcements);
            metrics.announced(Subjects.of(alias).name(), announcements);
        }

        @Override
        public void called(Situation intent, Effect effect, Outcome outcome) {
            metrics.called(intent.subject(), effect, outcome);
            others.called(intent.subject(), outcome);
        }

        @Override
        public void ended(Situation situation, Step.Outward last) {
            others.ended(situation, last);
        }
    }
}
