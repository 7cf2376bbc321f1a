package dev.collectionalias.page;

import static dev.collectionalias.page.GivenAliases.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;

import dev.collectionalias.plan.Subject;
import org.junit.jupiter.api.Test;

/** Which aliases are listed, and as what. */
class ListingTest {

    private static final String FALSE = "{type: Ready, status: 'False', reason: GatesPending, message: held back}";
    private static final String RECONCILING = "{type: Reconciling, status: 'True', reason: GatesPending, message: held}";
    private static final String STALLED = "{type: Stalled, status: 'True', reason: GatesFailed, message: no}";
    private static final String AWAITING = "{type: AwaitingPromotion, status: 'True', reason: AwaitingPromotion, message: yes}";
    private static final String NOT_SERVING = "{type: Serving, status: 'False', reason: CollectionNotLoaded, message: not loaded}";

    private final List<Subject> all = List.of(GivenAliases.with("shop", "ready", READY),
            GivenAliases.with("shop", "waiting", FALSE + "," + RECONCILING),
            GivenAliases.with("shop", "approval", FALSE + "," + RECONCILING + "," + AWAITING),
            GivenAliases.with("search", "stuck", FALSE + "," + STALLED + "," + NOT_SERVING),
            GivenAliases.with("search", "unloaded", READY + "," + NOT_SERVING),
            GivenAliases.of("search", "paused", "{alias: paused, collection: paused_v1, suspend: true}",
                    "{conditions: [%s]}".formatted(READY)),
            GivenAliases.with("search", "new", ""));

    private List<String> names(String query) {
        return Listing.of(all, Filter.of(query)).aliases().stream().map(AliasView::id).toList();
    }

    @Test
    void allAreListedByNamespaceAndName() {
        assertThat(names("")).containsExactly("search/new", "search/paused", "search/stuck", "search/unloaded",
                "shop/approval", "shop/ready", "shop/waiting");
    }

    @Test
    void eachHasTheStateThatMattersMostAndWhetherItServes() {
        assertThat(all).extracting(State::of).containsExactly(List.of(State.Ready), List.of(State.Reconciling),
                List.of(State.AwaitingPromotion), List.of(State.NotServing, State.Stalled),
                List.of(State.NotServing, State.Ready), List.of(State.Suspended), List.of(State.Unobserved));
    }

    @Test
    void theyAreFilteredByStateAndNamespace() {
        assertThat(names("state=NotServing")).containsExactly("search/stuck", "search/unloaded");
        assertThat(names("state=Ready")).containsExactly("search/unloaded", "shop/ready");
        assertThat(names("namespace=shop&state=Ready")).containsExactly("shop/ready");
        assertThat(names("namespace=shop&state=Stalled")).isEmpty();
    }

    @Test
    void eachStateSaysHowManyItWouldFind() {
        assertThat(Listing.of(all, Filter.of("namespace=search&state=Ready")).counts()).containsExactly(
                entry(State.NotServing, 2), entry(State.Stalled, 1), entry(State.Suspended, 1),
                entry(State.Ready, 1), entry(State.Unobserved, 1));
    }

    @Test
    void namespacesAreThoseOfAllAliases() {
        assertThat(Listing.of(all, Filter.of("namespace=gone")).namespaces()).containsExactly("search", "shop");
    }

    @Test
    void aLongListIsShownInPages() {
        Listing second = Listing.of(GivenAliases.many(10_000), Filter.of("page=2"));

        assertThat(second.found()).isEqualTo(10_000);
        assertThat(second.aliases()).hasSize(50);
        assertThat(second.aliases().getFirst().id()).isEqualTo("shop/alias-00051");
        assertThat(second.first()).isEqualTo(51);
        assertThat(second.last()).isEqualTo(100);
        assertThat(second.pages()).isEqualTo(200);
    }

    @Test
    void aPageBehindTheLastOneIsTheLastOne() {
        Listing last = Listing.of(GivenAliases.many(51), Filter.of("page=7"));

        assertThat(last.filter().page()).isEqualTo(2);
        assertThat(last.aliases()).extracting(AliasView::id).containsExactly("shop/alias-00051");
        assertThat(last.hasPrevious()).isTrue();
        assertThat(last.hasNext()).isFalse();
    }
}
