package dev.collectionalias.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.ClusterMilvusConnectionSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnectionSpec;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection allows some aliases, and says in a sentence why it refuses another. */
class AllowanceTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T12:00:00Z");
    private static final String TWO_TEAMS = """

            - {namespaces: [team-a, "team-a-*"], databases: [one], aliasPattern: "a_*"}
            - {namespaces: [team-b], databases: [two, "shared?"], aliasPattern: "b_*"}
            - {namespaces: [team-b], databases: [two], aliasPattern: "beta"}
            """;

    private static Allowance allowing(String rules) {
        return new Allowance(ConnectionName.of(ConnectionKind.ClusterMilvusConnection, "", "shared"),
                Serialization.unmarshal("uri: http://milvus:19530\nallow: " + rules,
                        ClusterMilvusConnectionSpec.class));
    }

    private static Subject subject(String namespace, String database, String alias, String cutover) {
        CollectionAliasSpec spec = Serialization.unmarshal(
                "alias: %s\ncollection: any\ndatabase: %s\ncutover: %s".formatted(alias, database, cutover),
                CollectionAliasSpec.class);
        return new Subject(new ObjectName(namespace, "products"), 1, CREATED, Optional.empty(), spec,
                CollectionAliasStatus.EMPTY, new Requests(Map.of()));
    }

    private static Optional<String> missing(String rules, String namespace, String database, String alias) {
        return allowing(rules).missing(subject(namespace, database, alias, "{}"));
    }

    @ParameterizedTest
    @CsvSource({"team-a,one,a_products", "team-a-shop,one,a_", "team-b,two,b_products", "team-b,shared1,b_products",
            "team-b,two,beta"})
    void oneRuleThatNamesAllThreeIsEnough(String namespace, String database, String alias) {
        assertThat(missing(TWO_TEAMS, namespace, database, alias)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"team-c", "team-ab", "my-team-a"})
    void aNamespaceThatNoRuleNamesIsTold(String namespace) {
        assertThat(missing(TWO_TEAMS, namespace, "one", "a_products")).contains("ClusterMilvusConnection shared does "
                + "not allow namespace " + namespace + ": no rule of spec.allow has it in namespaces");
    }

    @Test
    void anotherTeamsDatabaseIsTold() {
        assertThat(missing(TWO_TEAMS, "team-a", "two", "a_products")).contains("ClusterMilvusConnection shared does "
                + "not allow namespace team-a the database two: no rule of spec.allow for this namespace has it in "
                + "databases");
    }

    @Test
    void anotherTeamsAliasIsToldWithWhatIsAllowedHere() {
        assertThat(missing(TWO_TEAMS, "team-b", "two", "a_products")).contains("ClusterMilvusConnection shared does "
                + "not allow namespace team-b the alias a_products in database two: no rule of spec.allow for them has "
                + "an aliasPattern that it matches; allowed are \"b_*\", \"beta\"");
    }

    /** Rules are not mixed: team-b may have beta in the database two only. */
    @Test
    void twoRulesThatNameAHalfEachAllowNothing() {
        assertThat(missing(TWO_TEAMS, "team-b", "shared1", "beta")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{namespaces: [], databases: ['*'], aliasPattern: '*'}]",
            "[{namespaces: ['*'], databases: [], aliasPattern: '*'}]",
            "[{namespaces: ['*'], databases: ['*'], aliasPattern: ''}]"})
    void whatIsEmptyAllowsNobody(String rules) {
        assertThat(missing(rules, "team-a", "one", "a_products")).isPresent();
    }

    @Test
    void noRulesAtAllAllowNobody() {
        assertThat(missing("", "team-a", "one", "a_products")).isPresent();
    }

    @Test
    void aPreviewAliasHasToBeAllowedToo() {
        Subject subject = subject("team-a", "one", "a_products", "{previewAlias: b_products}");

        assertThat(allowing(TWO_TEAMS).missing(subject)).get().asString().contains("the alias b_products in database");
    }

    @Test
    void aConnectionOfItsOwnAllowsANamespaceEverything() {
        ServerConnectionSpec own = Serialization.unmarshal("uri: http://milvus:19530", MilvusConnectionSpec.class);
        Allowance allowance = new Allowance(ConnectionName.of(ConnectionKind.MilvusConnection, "team-c", "own"), own);

        assertThat(allowance.missing(subject("team-c", "one", "a_products", "{}"))).isEmpty();
    }
}
