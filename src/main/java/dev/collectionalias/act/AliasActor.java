package dev.collectionalias.act;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.observe.ConnectionView.Connection;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;

/** Changes Milvus, and looks whether Milvus has done it. */
public final class AliasActor {

    private final ConnectionView connections;
    private final AliasWriter.Shared shared;

    public AliasActor(ConnectionView connections, WritePermit permit, Clock clock) {
        this.connections = connections;
        this.shared = new AliasWriter.Shared(connections, permit, clock, new DatabaseLocks(),
                new CollectionAlterations(clock));
    }

    /** @param sight the sight that the rules decided the effect from */
    public Outcome perform(Subject subject, Sight sight, Effect effect) {
        return switch (effect) {
            case Effect.Create create when create.cause() == Cause.Created ->
                write(subject, sight, writer -> writer.create(create.to().name()));
            case Effect.Create create -> write(subject, sight, writer -> writer.restore(create.to().name()));
            case Effect.Switch change -> repeatable(subject, sight, writer -> writer.change(change.to().name()));
            case Effect.Confirm confirm -> repeatable(subject, sight, writer -> writer.confirm(confirm.at().name(),
                    subject.status().active().since(), confirm.mark(), confirm.stale()));
            case Effect.ConfirmPreview confirm -> repeatable(subject, sight, writer -> writer.of(confirm.at().alias())
                    .confirm(confirm.at().collection(), confirm.at().since(), confirm.mark(), false));
            case Effect.Unmark unmark -> repeatable(subject, sight, writer -> writer.unmark(unmark.mark()));
            case Effect.Drop drop -> repeatable(subject, sight, writer -> writer.drop(drop.mode()));
            case Effect.PointPreview preview ->
                write(subject, sight, writer -> writer.of(preview.alias()).bring(preview.from(), preview.to()));
            case Effect.DropPreview drop ->
                repeatable(subject, sight, writer -> writer.of(drop.alias()).drop(drop.mode()));
            case Effect.Load load -> repeatable(subject, sight,
                    writer -> writer.load(load.candidate().name(), load.replicas().groups()));
            case Effect.Release release ->
                repeatable(subject, sight, writer -> writer.release(release.retiring().collection()));
        };
    }

    /**
     * Repeats a call that does no harm when it is sent twice. A client that was replaced meanwhile may have carried it
     * out already. A switch that nobody reported would look like somebody else's.
     */
    private Outcome repeatable(Subject subject, Sight sight, Function<AliasWriter, Outcome> effect) {
        Outcome outcome = write(subject, sight, effect);
        return outcome instanceof Outcome.Interrupted ? write(subject, sight, effect) : outcome;
    }

    /** Writes only to the server that the operator looked at. The connection may have failed since, or lead to another one. */
    private Outcome write(Subject subject, Sight sight, Function<AliasWriter, Outcome> effect) {
        return switch (connections.of(subject)) {
            case Connection.Usable usable when sight.endpoint()
                    .equals(Optional.of(usable.client().endpoint().toString())) ->
                effect.apply(new AliasWriter(subject, usable.client(), shared));
            case Connection.Usable ignored -> new Outcome.Interrupted();
            case Connection.Unusable(Sight.NoConnection none) -> new Outcome.Failed(none.problem());
            case Connection.Unusable(Sight.NotAllowed not) -> new Outcome.Failed(not.problem());
            case Connection.Unusable ignored -> new Outcome.Interrupted();
        };
    }
}
