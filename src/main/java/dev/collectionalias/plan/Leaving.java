package dev.collectionalias.plan;

import dev.collectionalias.api.v1alpha1.DeletionPolicy;

/** The work in Milvus that an object still has before its deletion, by its spec and status alone. */
public final class Leaving {

    private Leaving() {}

    /** Whether the operator need not ask Milvus: this object has nothing there to drop, to mend or to take off. */
    public static boolean hasNothingToDo(Subject subject) {
        return leavesAliases(subject) && subject.status().switchMarks().isEmpty();
    }

    /** Whether both its aliases stay as they are. */
    public static boolean leavesAliases(Subject subject) {
        return leavesAlias(subject) && subject.status().preview() == null;
    }

    /** Whether its alias stays as it is. */
    public static boolean leavesAlias(Subject subject) {
        boolean toDrop = Boolean.TRUE.equals(subject.status().owned())
                && subject.spec().deletionPolicy() == DeletionPolicy.Delete;
        return !toDrop && !isDropBegun(subject);
    }

    /**
     * Whether the object remembers the neighbours of a drop. The drop may have happened already, so the operator has to
     * store them again.
     */
    public static boolean isDropBegun(Subject subject) {
        return !subject.status().neighbours().isEmpty();
    }
}
