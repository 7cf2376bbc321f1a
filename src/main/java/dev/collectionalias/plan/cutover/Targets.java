package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.function.Function;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Target;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** Whether an alias can point at {@code spec.collection}, whatever gates there are. */
public final class Targets {

    private Targets() {}

    /** Goes on with {@code spec.collection}, or reports why the alias can't point at it. */
    public static Step ifFound(Situation situation, Function<CollectionState, Step> then) {
        return switch (situation.milvus().target()) {
            case Target.Missing ignored -> Readiness.blocked(situation, missing(situation.subject()));
            case Target.AnAlias alias -> Readiness.blocked(situation, isAnAlias(situation.subject(), alias));
            case Target.Found found -> then.apply(found.collection());
        };
    }

    static Problem missing(Subject subject) {
        return new Problem(Reason.CollectionNotFound, format("collection %s does not exist in database %s",
                subject.spec().collection(), subject.spec().database()));
    }

    static Problem isAnAlias(Subject subject, Target.AnAlias target) {
        return new Problem(Reason.InvalidSpec, format("collection %s is itself an alias, of %s; name the collection",
                subject.spec().collection(), target.collectionBehind()));
    }
}
