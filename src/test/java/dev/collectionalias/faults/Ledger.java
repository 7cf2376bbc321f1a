package dev.collectionalias.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.faults.Difference.Kind;
import dev.collectionalias.support.AliasObjects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Every call of users that the API server acknowledged, and what has to come of it. Of one object only one call is under way
 * at a time. No other alias may be in the database.
 */
final class Ledger {

    /** What the last call about an object leads to. */
    private sealed interface Entry {
        record Applied(String alias, long generation, String collection) implements Entry {}

        record Deleted() implements Entry {}

        /** Nobody knows whether the call was carried out; what the API server has then is what has to come of it. */
        record Unsure() implements Entry {}
    }

    private static final Duration POLL = Duration.ofMillis(250);

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Supplier<List<CollectionAlias>> objects;
    private final Supplier<Map<String, String>> aliases;

    /** @param aliases what Milvus has, collections by alias; it may fail as long as Milvus does */
    Ledger(AliasObjects objects, Supplier<Map<String, String>> aliases) {
        this(objects::all, aliases);
    }

    Ledger(Supplier<List<CollectionAlias>> objects, Supplier<Map<String, String>> aliases) {
        this.objects = objects;
        this.aliases = aliases;
    }

    /** @param answer to the creation, or to the change of the spec */
    void applied(CollectionAlias answer) {
        entries.put(answer.getMetadata().getName(), entryOf(answer));
    }

    void deleted(String name) {
        entries.put(name, new Entry.Deleted());
    }

    void unsure(String name) {
        entries.put(name, new Entry.Unsure());
    }

    /**
     * Waits until all agree, but no longer than that.
     *
     * @param faultEnded by {@link System#nanoTime}
     */
    Settlement settle(long faultEnded, Duration patience) {
        try {
            Awaitility.await("all agree").atMost(patience).pollInterval(POLL).pollDelay(Duration.ZERO)
                    .ignoreExceptions().until(() -> differences().isEmpty());
            return settlement(List.of(), faultEnded);
        } catch (ConditionTimeoutException e) {
            return settlement(differencesIfAnybodyAnswers(), faultEnded);
        }
    }

    private List<Difference> differencesIfAnybodyAnswers() {
        try {
            return differences();
        } catch (RuntimeException e) {
            return List.of(new Difference(Kind.LOST, "everything", "nobody answers: " + e));
        }
    }

    private Settlement settlement(List<Difference> differences, long faultEnded) {
        long applied = entries.values().stream().filter(Entry.Applied.class::isInstance).count();
        return new Settlement(differences, (int) applied, Duration.ofNanos(System.nanoTime() - faultEnded));
    }

    /** All that is not yet, or no longer, as it has to be. */
    List<Difference> differences() {
        Map<String, CollectionAlias> found = objects.get().stream()
                .collect(Collectors.toMap(object -> object.getMetadata().getName(), Function.identity()));
        Map<String, String> left = new TreeMap<>(aliases.get());
        List<Difference> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(entries.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            compare(name, found.get(name), left, differences);
        }
        left.forEach((alias, collection) -> differences
                .add(new Difference(Kind.EXTRA, alias, "Milvus has it, at " + collection)));
        return differences;
    }

    /** @param left the aliases that nobody has accounted for */
    private void compare(String name, CollectionAlias object, Map<String, String> left, List<Difference> differences) {
        switch (entries.get(name)) {
            case null -> differences.add(new Difference(Kind.EXTRA, name, "an object that nobody applied"));
            case Entry.Unsure unsure when object != null -> compare(name, entryOf(object), object, left, differences);
            case Entry.Unsure unsure -> {
            }
            case Entry entry -> compare(name, entry, object, left, differences);
        }
    }

    private static void compare(String name, Entry entry, CollectionAlias object, Map<String, String> left,
            List<Difference> differences) {
        if (entry instanceof Entry.Applied applied) {
            compareWithObject(name, applied, object, differences);
            String target = left.remove(applied.alias());
            if (target == null) {
                differences.add(new Difference(Kind.LOST, name, "Milvus does not have " + applied.alias()));
            } else if (!target.equals(applied.collection())) {
                differences.add(new Difference(Kind.WRONG, name,
                        "Milvus has it at %s instead of %s".formatted(target, applied.collection())));
            }
        } else if (object != null) {
            differences.add(new Difference(Kind.EXTRA, name, "it was deleted and is there: " + inShort(object)));
        }
    }

    private static void compareWithObject(String name, Entry.Applied applied, CollectionAlias object,
            List<Difference> differences) {
        if (object == null || object.getMetadata().getGeneration() != applied.generation()) {
            differences.add(new Difference(Kind.LOST, name, "the API server does not have generation %d but %s"
                    .formatted(applied.generation(), inShort(object))));
        } else if (!isReady(object)) {
            differences.add(new Difference(Kind.LOST, name, "it is not finished: " + inShort(object)));
        } else if (!object.getStatus().active().collection().equals(applied.collection())) {
            differences.add(new Difference(Kind.WRONG, name, "its status is about another collection than %s: %s"
                    .formatted(applied.collection(), inShort(object))));
        }
    }

    private static Entry entryOf(CollectionAlias object) {
        return object.isMarkedForDeletion()
                ? new Entry.Deleted()
                : new Entry.Applied(object.getSpec().alias(), object.getMetadata().getGeneration(),
                        object.getSpec().collection());
    }

    private static boolean isReady(CollectionAlias object) {
        CollectionAliasStatus status = object.getStatus();
        Long generation = object.getMetadata().getGeneration();
        return status != null && status.active() != null && Objects.equals(status.observedGeneration(), generation)
                && status.conditions().stream()
                        .anyMatch(condition -> condition.type().equals(ConditionType.Ready.name())
                                && condition.status() == ConditionStatus.True
                                && Objects.equals(condition.observedGeneration(), generation));
    }

    private static String inShort(CollectionAlias object) {
        if (object == null) {
            return "nothing";
        }
        CollectionAliasStatus status = object.getStatus();
        return "generation %d at %s%s, status %s".formatted(object.getMetadata().getGeneration(),
                object.getSpec().collection(), object.isMarkedForDeletion() ? ", being deleted" : "",
                status == null ? "none" : status.conditions());
    }
}
