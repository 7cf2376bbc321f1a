package dev.collectionalias.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.StoredCollection;

/**
 * Where one operation is played once.
 *
 * @param name what is particular to this time: every object and alias has it in its name
 */
record CrashStage(AliasObjects objects, InProcessMilvus milvus, String name) {

    private static final String DATABASE = MilvusState.DEFAULT_DATABASE;

    /** Everything that lasts, in words that do not depend on the name or the time. */
    record EndState(Map<String, String> aliases, Map<String, String> aliasesAfterARestart,
            Map<String, List<String>> objects) {}

    void alias(String suffix, String collection) {
        objects.alias(name + suffix.replace('-', '_'), collection);
        objects.awaitReady(name + suffix, collection);
    }

    /** Servers before 2.6.6 are told of a switch once more. */
    void awaitConfirmed() {
        AliasObjects.await(name + " was sent once more",
                () -> assertThat(objects.get(name).getStatus().active().confirmed()).isNull());
    }

    /** A loaded collection that no other stage uses. */
    void collection(String suffix) {
        milvus.state().createCollection(DATABASE, name + suffix);
        milvus.state().load(DATABASE, name + suffix);
    }

    void awaitReleased(String suffix) {
        AliasObjects.await(name + suffix + " is released", () -> {
            assertThat(milvus.state().collections(DATABASE)).filteredOn("name", name + suffix).singleElement()
                    .returns(StoredCollection.NOT_LOADED, StoredCollection::loadedPercent);
            assertThat(objects.get(name).getStatus().retiring()).isEmpty();
        });
    }

    void awaitPreviewAt(String collection) {
        AliasObjects.await("the preview is at " + collection, () -> {
            assertThat(target("_view")).contains(collection);
            assertThat(objects.get(name).getStatus().preview()).isEqualTo(new Preview(name + "_view", collection));
        });
    }

    Optional<String> target(String suffix) {
        return milvus.state().target(DATABASE, name + suffix);
    }

    void makeByHand(String suffix, String collection) {
        milvus.state().createAlias(DATABASE, name + suffix, collection);
    }

    EndState endState(String... suffixes) {
        Map<String, String> now = new TreeMap<>();
        Map<String, String> stored = new TreeMap<>();
        Map<String, List<String>> left = new LinkedHashMap<>();
        for (String suffix : suffixes) {
            now.put(suffix, target(suffix).orElse("gone").replace(name, "it"));
            stored.put(suffix,
                    milvus.state().storedTarget(DATABASE, name + suffix).orElse("gone").replace(name, "it"));
            CollectionAlias object = objects.named(name + suffix.replace('_', '-')).get();
            left.put(suffix, object == null ? List.of("gone") : describe(object));
        }
        return new EndState(now, stored, left);
    }

    private List<String> describe(CollectionAlias object) {
        CollectionAliasStatus status = object.getStatus();
        Stream<String> facts = Stream.of("at " + status.active().collection(), "revision " + status.active().revision(),
                "owned " + status.owned(), "candidate " + status.candidate(), "neighbours " + status.neighbours(),
                "previous " + (status.previous() == null ? "none" : status.previous().collection()),
                "preview " + status.preview(), "retiring " + status.retiring(), "verification " + status.verification(),
                "rollback " + status.rollback(),
                "rejected " + status.rejected(), "handled " + status.handledRequests());
        Stream<String> conditions = status.conditions().stream()
                .map(condition -> "%s %s %s".formatted(condition.type(), condition.status(), condition.reason()));
        Stream<String> history = status.history().stream()
                .map(entry -> "%s %s from %s to %s, asked for by %s".formatted(entry.revision(), entry.cause(),
                        entry.from(), entry.to(), entry.requestedBy()));
        return Stream.of(facts, conditions, history).flatMap(each -> each).map(each -> each.replace(name, "it"))
                .toList();
    }
}
