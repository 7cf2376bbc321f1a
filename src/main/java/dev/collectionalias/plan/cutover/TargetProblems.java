package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Target;

/** Why an alias can't point at {@code spec.collection}, whatever gates there are. */
public final class TargetProblems {

    private TargetProblems() {}

    public static Problem missing(Subject subject) {
        return new Problem(Reason.CollectionNotFound, format("collection %s does not exist in database %s",
                subject.spec().collection(), subject.spec().database()));
    }

    public static Problem isAnAlias(Subject subject, Target.AnAlias target) {
        return new Problem(Reason.InvalidSpec, format("collection %s is itself an alias, of %s; name the collection",
                subject.spec().collection(), target.collectionBehind()));
    }
}
