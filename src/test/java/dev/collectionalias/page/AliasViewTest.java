package dev.collectionalias.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import dev.collectionalias.page.AliasView.Fact;
import org.junit.jupiter.api.Test;

/** What the page says of one alias; the objects are those that the command line draws. */
class AliasViewTest {

    private static AliasView view(String name) throws IOException {
        return new AliasView(
                GivenAliases.of(Files.readString(Path.of("src/test/resources/cli").resolve(name + ".yaml"))));
    }

    @Test
    void whereItPointsAndWhereItShallPoint() throws IOException {
        assertThat(view("held").facts()).containsExactly(new Fact("Active", "products_v7, revision 7, since",
                Optional.of(Instant.parse("2026-01-28T09:00:00Z"))),
                new Fact("Wanted", "products_v8"), new Fact("Alias", "products in database default"),
                new Fact("Server", "milvus.milvus:19530"),
                new Fact("Connection", "MilvusConnection shop/default"),
                new Fact("Previous", "products_v6"));
    }

    @Test
    void theProofOfASwitchSaysHowManyAnswersThereWere() throws IOException {
        assertThat(view("settled").facts()).contains(
                new Fact("Proof", "proved by 3 answers, at", Optional.of(Instant.parse("2026-01-31T11:45:00Z"))));
    }

    @Test
    void whatIsThereIsNotWantedOnTop() throws IOException {
        assertThat(view("settled").facts()).extracting(Fact::name).doesNotContain("Wanted");
    }

    @Test
    void gatesOfTheCandidate() throws IOException {
        assertThat(view("held").asks()).singleElement().satisfies(ask -> {
            assertThat(ask.title()).isEqualTo("Candidate products_v8, since");
            assertThat(ask.since()).isEqualTo("2026-01-31T11:52:30Z");
            assertThat(ask.gates()).extracting("name").containsExactly("exists", "loaded", "schema", "rows", "search");
        });
    }

    @Test
    void gatesOfAVerification() {
        AliasView verified = new AliasView(GivenAliases.of("shop", "products", "{alias: products, collection: v2}", """
                {verification: {until: "2026-01-31T12:05:00Z", failures: 2,
                gates: [{name: rows, verdict: Waiting, message: too few}]}}"""));

        assertThat(verified.asks()).singleElement().satisfies(ask -> {
            assertThat(ask.title()).isEqualTo("Verification failed 2 times in a row; it goes on until");
            assertThat(ask.gates()).extracting("message").containsExactly("too few");
        });
    }

    @Test
    void changesSayWhyAndHowLongTheyTook() throws IOException {
        assertThat(view("held").history()).extracting(AliasView::change, AliasView::why).first()
                .hasToString("(\"products_v6 → products_v7\", \"revision 7, SpecChanged by promote, in 38 ms\")");
    }

    @Test
    void aNewObjectSaysThatNobodyHasLookedAtIt() throws IOException {
        AliasView seen = view("new");

        assertThat(seen.summary()).isEqualTo("The operator has not looked at it yet.");
        assertThat(seen.states()).containsExactly(State.Unobserved);
        assertThat(seen.facts()).contains(new Fact("Active", "nothing yet"));
    }

    @Test
    void whatWasGivenUpSaysWhy() {
        AliasView rejected = new AliasView(GivenAliases.of("shop", "products", "{alias: products, collection: v2}",
                "{rejected: {collection: v2, generation: 4, reason: RolledBack, message: it was slow}}"));

        assertThat(rejected.facts()).contains(new Fact("Given up", "v2, RolledBack: it was slow"));
    }
}
