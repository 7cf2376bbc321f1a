package dev.collectionalias.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address asks for, and which aliases that finds. */
class FilterTest {

    @Test
    void anAddressWithoutAQueryAsksForAll() {
        assertThat(Filter.of(null)).isEqualTo(Filter.NONE);
        assertThat(Filter.NONE.link()).isEqualTo("?");
    }

    @Test
    void eachPartIsRead() {
        assertThat(Filter.of("namespace=shop&state=Stalled&name=products%5Fv2&page=3"))
                .isEqualTo(new Filter("shop", Optional.of(State.Stalled), "products_v2", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?namespace=shop&state=NotServing&name=a+b%26%3Cc%3E%22&page=2", "?name=%C3%A4", "?page=9"})
    void aLinkIsReadAsItWasWritten(String link) {
        assertThat(Filter.of(link.substring(1)).link()).isEqualTo(link);
    }

    /** A form sends what is empty, too. */
    @ParameterizedTest
    @ValueSource(strings = {"namespace=&state=&name=", "state=Broken", "page=0", "page=-1", "page=many",
            "page=99999999999", "color=red", "&&=", "namespace"})
    void whatIsNotUnderstoodAsksForAll(String query) {
        assertThat(Filter.of(query)).isEqualTo(Filter.NONE);
    }

    @Test
    void halfAnEscapeIsTakenAsItIs() {
        assertThat(Filter.of("name=50%").text()).isEqualTo("50%");
    }

    @ParameterizedTest
    @CsvSource({"name=PROD,true", "name=web-alias,true", "name=_v1,true", "name=_v2,true", "name=_v3,false",
            "namespace=shop,true", "namespace=sho,false", "namespace=shop&name=v1,true",
            "namespace=other&name=v1,false"})
    void aNameIsTheObjectsTheAliasOrACollections(String query, boolean isFound) {
        assertThat(
                Filter.of(query).names(GivenAliases.of("shop", "web-alias", "{alias: products, collection: items_v2}",
                        "{active: {collection: items_v1}}")))
                .isEqualTo(isFound);
    }
}
