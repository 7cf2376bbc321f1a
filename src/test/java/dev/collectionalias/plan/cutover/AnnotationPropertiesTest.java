package dev.collectionalias.plan.cutover;

import static dev.collectionalias.support.Sentences.assertAllSentences;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.plan.cutover.CutoverWorld.Collection;
import io.fabric8.kubernetes.client.utils.Serialization;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;

/** People and tools write annotations. The operator answers each once and in a sentence, whatever is in it. */
class AnnotationPropertiesTest {

    /** A status has to fit into etcd beside its object, with all its history. */
    private static final int LONGEST_STATUS = 64 * 1024;

    /** Which annotation gets which value, and what the spec names then. */
    @Property
    void anyAnnotationIsAnsweredOnce(@ForAll("annotations") List<Tuple3<String, String, String>> annotations) {
        CutoverWorld world = new CutoverWorld(spec("c1"));
        for (String name : List.of("c1", "c2")) {
            world.collections.put(name, new Collection(name, 0, true, 100, 8));
        }
        world.settle();
        for (Tuple3<String, String, String> annotation : annotations) {
            world.annotations.put(annotation.get1(), annotation.get2().formatted(world.generation));
            world.spec = spec(annotation.get3());
            world.settle();

            CollectionAliasStatus status = world.status();
            assertAllSentences(status.conditions(), world.announcements);
            assertThat(Serialization.asJson(status).length()).isLessThan(LONGEST_STATUS);
            world.announcements.clear();

            world.settle();
            assertThat(world.announcements).as("told once more").isEmpty();
            assertThat(world.status()).as("the status of what is settled").isEqualTo(status);
        }
    }

    private static CollectionAliasSpec spec(String collection) {
        return new CollectionAliasSpec("products", collection, null, null, null, null, null, null, null, null, null,
                null);
    }

    @Provide
    Arbitrary<List<Tuple3<String, String, String>>> annotations() {
        Arbitrary<String> names = Arbitraries.of(Api.ABORT, Api.ROLLBACK, Api.RETRY, Api.PROMOTE,
                Api.RECONCILE_REQUESTED_AT);
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.of("%1$d", "previous", "@", "#", "c2", "1", "-1", "99999999999999999999", " ", "\n",
                        "\u0000",
                        "\u2028", "\ud83d\ude00", "٣", "\u202e", "x".repeat(600), "😀".repeat(300), "z".repeat(60_000)),
                // As the API server stores it, which takes no half of a character.
                Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(50)
                        .map(text -> text.replace("%", "")));
        Arbitrary<String> anything = parts.list().ofMaxSize(6).map(list -> String.join("", list));
        Arbitrary<String> understood = Combinators.combine(
                Arbitraries.of("%1$d#", "previous@%1$d#", "1@%1$d#", "c2@%1$d#"), anything).as(String::concat);
        return Combinators.combine(names, Arbitraries.oneOf(anything, understood), Arbitraries.of("c1", "c2"))
                .as(Tuple::of).list().ofMaxSize(12);
    }
}
