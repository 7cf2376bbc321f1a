package dev.collectionalias.act;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.observe.ConnectionView.Connection;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;

/** Does to Milvus what was decided, and looks whether it is done. */
public final class AliasActor {

    private final ConnectionView connections;
    private final AliasWriter.Shared shared;

    public AliasActor(ConnectionView connections, WritePermit permit, Clock clock) {
        this.connections = connections;
        this.shared = new AliasWriter.Shared(connections, permit, clock, new DatabaseLocks(),
                new CollectionAlterations(clock));
    }

    public Outcome act(Subject subject, Sight sight, Decision decision) {
        return switch (decision) {
            case Decision.Create create when create.cause() == Cause.Created ->
                write(subject, sight, writer -> writer.create(create.target().name()));
            case Decision.Create create -> write(subject, sight, writer -> writer.restore(create.target().name()));
            case Decision.Switch change -> repeatable(subject, sight, writer -> writer.change(change.to().name()));
            case Decision.Confirm confirm -> repeatable(subject, sight, writer -> writer.confirm(confirm.at().name(),
                    subject.status().active().since(), confirm.mark()));
            case Decision.ConfirmPreview confirm -> repeatable(subject, sight, writer -> writer.of(confirm.at().alias())
                    .confirm(confirm.at().collection(), confirm.at().since(), confirm.mark()));
            case Decision.Unmark unmark -> repeatable(subject, sight, writer -> writer.unmark(unmark.mark()));
            case Decision.Drop drop ->
                repeatable(subject, sight, writer -> writer.drop(drop.mode(), drop.remembered()));
            case Decision.PointPreview preview ->
                write(subject, sight, writer -> writer.of(preview.alias()).bring(preview.from(), preview.to()));
            case Decision.DropPreview drop -> repeatable(subject, sight,
                    writer -> writer.of(drop.alias()).drop(drop.mode(), drop.remembered()));
            case Decision.Load load -> repeatable(subject, sight, writer -> writer.load(load.candidate().name()));
            case Decision.Release release ->
                repeatable(subject, sight, writer -> writer.release(release.retiring().collection()));
            case Decision.Hold ignored -> new Outcome.NoCall();
            case Decision.Settled ignored -> new Outcome.NoCall();
            case Decision.Suspend ignored -> new Outcome.NoCall();
            case Decision.Wait ignored -> new Outcome.NoCall();
            case Decision.Claim ignored -> new Outcome.NoCall();
            case Decision.Doubt ignored -> new Outcome.NoCall();
            case Decision.Mark ignored -> new Outcome.NoCall();
            case Decision.Take take -> mayBeUnconfirmed(take)
                    ? write(subject, sight, AliasWriter::found)
                    : new Outcome.NoCall();
            case Decision.Check ignored -> new Outcome.NoCall();
            case Decision.Watch ignored -> new Outcome.NoCall();
            case Decision.Verified ignored -> new Outcome.NoCall();
            case Decision.KeepUnverified ignored -> new Outcome.NoCall();
            case Decision.GoBack ignored -> new Outcome.NoCall();
            case Decision.StayThere ignored -> new Outcome.NoCall();
            case Decision.Abort ignored -> new Outcome.NoCall();
            case Decision.Retry ignored -> new Outcome.NoCall();
            case Decision.Refuse ignored -> new Outcome.NoCall();
            case Decision.CountRetiring ignored -> new Outcome.NoCall();
            case Decision.KeepLoaded ignored -> new Outcome.NoCall();
            case Decision.DeferRelease ignored -> new Outcome.NoCall();
            case Decision.ClaimPreview ignored -> new Outcome.NoCall();
            case Decision.ForgetPreview ignored -> new Outcome.NoCall();
            case Decision.Leave ignored -> new Outcome.NoCall();
        };
    }

    /** A switch that was not reported, or that another object, or somebody else, has made a moment ago. */
    private static boolean mayBeUnconfirmed(Decision.Take take) {
        return switch (take.cause()) {
            case HandedOver, External -> true;
            case Created, Adopted -> false;
            default -> take.isResumed();
        };
    }

    /**
     * What does no harm when it is sent twice. A client that was replaced meanwhile may have carried it out already, and a
     * switch that nobody reported would look like somebody else's.
     */
    private Outcome repeatable(Subject subject, Sight sight, Function<AliasWriter, Outcome> effect) {
        Outcome outcome = write(subject, sight, effect);
        return outcome instanceof Outcome.Interrupted ? write(subject, sight, effect) : outcome;
    }

    /** Only where it was looked: the connection may lead to another server since. */
    private Outcome write(Subject subject, Sight sight, Function<AliasWriter, Outcome> effect) {
        if (!(connections.of(subject) instanceof Connection.Usable usable)
                || !sight.endpoint().equals(Optional.of(usable.client().endpoint().toString()))) {
            return new Outcome.Failed(connections.refusal(subject, subject.spec().alias())
                    .orElseGet(() -> new Problem(Reason.ConnectionFailed, "the connection was lost a moment ago")));
        }
        return effect.apply(new AliasWriter(subject, usable.client(), shared));
    }
}
