package dev.collectionalias.plan;

import dev.collectionalias.api.v1alpha1.DeletionPolicy;

/** What an object that is being deleted still has to do in Milvus, by its spec and status alone. */
public final class Leaving {

    private Leaving() {}

    /** Whether Milvus need not be asked: nothing of it is this object's to drop or to mend. */
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

    /** A drop whose neighbours are remembered may have happened already, so that they have to be stored again. */
    public static boolean isDropBegun(Subject subject) {
        return !subject.status().neighbours().isEmpty();
    }
}
