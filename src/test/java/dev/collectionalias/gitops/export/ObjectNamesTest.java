package dev.collectionalias.gitops.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.gitops.server.AliasName;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** How the objects of exported aliases are called. The endings are the first of {@code sha256sum} of database/alias. */
class ObjectNamesTest {

    private static final String RFC_1123_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    private static AliasName alias(String database, String alias) {
        return new AliasName(database, alias);
    }

    private static Map<AliasName, String> names(Collection<AliasName> aliases) {
        return ObjectNames.of(aliases, Set.of());
    }

    private static String only(String database, String alias) {
        return names(List.of(alias(database, alias))).values().iterator().next();
    }

    @Example
    void aNameIsTheAliasWithDashesAndSmallLetters() {
        assertThat(only("default", "products")).isEqualTo("products");
        assertThat(only("default", "products_live")).isEqualTo("products-live");
        assertThat(only("default", "ProductsLive")).isEqualTo("productslive");
        assertThat(only("default", "_hidden__away_")).isEqualTo("hidden-away");
        assertThat(only("default", "_")).isEqualTo("alias");
    }

    @Example
    void anotherDatabaseIsNamedFirst() {
        assertThat(only("team_a", "products")).isEqualTo("team-a-products");
    }

    @Example
    void ofTwoThatBecomeTheSameTheOneThatWasChangedLeastKeepsTheName() {
        assertThat(names(List.of(alias("default", "Products"), alias("default", "products"))))
                .containsEntry(alias("default", "products"), "products")
                .containsEntry(alias("default", "Products"), "products-f52029df");
        assertThat(names(List.of(alias("a", "b"), alias("default", "a_b"))))
                .containsEntry(alias("default", "a_b"), "a-b").hasSize(2);
    }

    @Example
    void aNameThatIsTakenIsNotGivenAgain() {
        assertThat(ObjectNames.of(List.of(alias("default", "products")), Set.of("products", "items")).values())
                .containsExactly("products-627e2e66");
    }

    @Example
    void aLongNameIsCutAndEndsWithSomethingOfItsOwn() {
        String start = "a".repeat(200);
        Map<AliasName, String> names = names(List.of(alias("default", start + "_1"), alias("default", start + "_2")));

        assertThat(names.values()).doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("a{54}-[0-9a-f]{8}"));
    }

    @Property
    void everyNameIsValidAndGivenOnceInWhateverOrder(@ForAll("aliases") Set<AliasName> aliases) {
        List<AliasName> shuffled = new ArrayList<>(aliases);
        Collections.reverse(shuffled);

        Map<AliasName, String> names = names(aliases);

        assertThat(names.keySet()).isEqualTo(aliases);
        assertThat(names.values()).doesNotHaveDuplicates().allMatch(name -> name.matches(RFC_1123_LABEL));
        assertThat(names(shuffled)).isEqualTo(names);
    }

    /** What was written to Git once is not renamed because of an alias that has nothing to do with it. */
    @Property
    void anotherAliasChangesNoNameButThoseOfItsLike(@ForAll("aliases") Set<AliasName> aliases) {
        Map<AliasName, String> before = names(aliases);
        List<AliasName> more = new ArrayList<>(aliases);
        more.add(alias("zebra", "unlike_any_other"));

        Map<AliasName, String> after = names(more);

        assertThat(after.entrySet().stream().filter(entry -> aliases.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))).isEqualTo(before);
    }

    @Provide
    Arbitrary<Set<AliasName>> aliases() {
        Arbitrary<String> words = Arbitraries.strings().withChars("aAbB_1").ofMinLength(1).ofMaxLength(4)
                .filter(word -> !Character.isDigit(word.charAt(0)));
        Arbitrary<String> longWords = words.map(word -> word + "x".repeat(70));
        return Combinators.combine(Arbitraries.oneOf(Arbitraries.just("default"), words),
                Arbitraries.frequencyOf(Tuple.of(9, words), Tuple.of(1, longWords)))
                .as(AliasName::new).set().ofMinSize(1).ofMaxSize(30);
    }
}
