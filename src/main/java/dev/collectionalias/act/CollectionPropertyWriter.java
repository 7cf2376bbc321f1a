package dev.collectionalias.act;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.collectionalias.act.CollectionAlterations.Change;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.observe.MilvusProblems;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.confirmation.Confirmation;
import dev.collectionalias.plan.step.Outcome;

/** Sets the property of a collection that confirms a switch to it, and takes it off. */
record CollectionPropertyWriter(AliasKey key, MilvusGateway gateway, CollectionAlterations alterations) {

    static final String CURED_BY_AN_UPGRADE = "upgrade Milvus to 2.6.23 or newer";

    /**
     * Sets the property. An operator that was killed after it had set the property finds it there, which is as good. No
     * answer of the server may hold anything else up; only a server that does not answer may.
     */
    Outcome set(SwitchMark mark, Instant switched) {
        try {
            return alterations.inTurn(on(mark), last -> Confirmation.isSettled(switched, last), () -> {
                if (value(mark).filter(mark.value()::equals).isPresent()) {
                    return Change.NOT_NEEDED;
                }
                gateway.setProperty(key.database(), mark.collection(), mark.key(), mark.value());
                return Change.MADE;
            });
        } catch (MilvusException e) {
            return switch (e.kind()) {
                case PERMISSION_DENIED -> new Outcome.Unconfirmed(
                        e.getMessage() + "; grant CreateCollection, which Milvus asks for here, or "
                                + CURED_BY_AN_UPGRADE);
                case QUOTA_EXCEEDED -> new Outcome.Unconfirmed(MilvusProblems.of(e).message());
                case UNAVAILABLE, RATE_LIMITED, REPLACED -> AliasWriter.failed(e, MilvusProblems.of(e));
                default -> new Outcome.Unconfirmed(e.getMessage() + "; " + CURED_BY_AN_UPGRADE);
            };
        }
    }

    /** Takes the property off if it is still this operator's. If it has another value by now, it is somebody else's. */
    Outcome unmark(SwitchMark mark) {
        try {
            return alterations.inTurn(on(mark), last -> false, () -> {
                if (value(mark).filter(value -> !value.equals(mark.value())).isPresent()) {
                    return Change.NOT_NEEDED;
                }
                gateway.dropProperty(key.database(), mark.collection(), mark.key());
                return Change.MADE;
            });
        } catch (MilvusException e) {
            return e.kind() == MilvusException.Kind.DATABASE_NOT_FOUND
                    ? new Outcome.Done(Duration.ZERO, false)
                    : AliasWriter.failed(e, MilvusProblems.of(e));
        }
    }

    /**
     * The property's value: an empty text if the collection has no such property; empty if the server can't read the
     * collection.
     */
    private Optional<String> value(SwitchMark mark) {
        return gateway.collectionProperties(key.database(), mark.collection())
                .map(properties -> properties.getOrDefault(mark.key(), ""));
    }

    private CollectionAlterations.Collection on(SwitchMark mark) {
        return new CollectionAlterations.Collection(key.endpoint(), key.database(), mark.collection());
    }
}
