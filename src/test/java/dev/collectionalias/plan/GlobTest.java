package dev.collectionalias.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pattern lets in the names that it matches, and no others. */
class GlobTest {

    @ParameterizedTest
    @CsvSource({"team_*,team_", "team_*,team_products", "*,anything", "*_v?,products_v1", "team,team", "a*b*c,abbc",
            "a*b*c,aXbcbYc", "**,x", "?????,seven"})
    void matches(String pattern, String name) {
        assertThat(new Glob(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"team_*,team", "team_*,my_team_products", "team,team_", "team,Team", "*_v?,products_v12", "a*b*c,abcd",
            "'',x", "?,''", "t.am,team", "[a-z]*,team"})
    void doesNotMatch(String pattern, String name) {
        assertThat(new Glob(pattern).matches(name)).isFalse();
    }

    @Test
    void anEmptyPatternMatchesNoNameThatThereCanBe() {
        assertThat(new Glob("").matches("a")).isFalse();
    }

    /** Anybody who may write an allow list, or an alias, could stop the operator otherwise. */
    @Test
    void noPatternTakesLong() {
        String stars = "*a".repeat(120) + "b";

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> assertThat(new Glob(stars).matches("a".repeat(255))).isFalse());
    }
}
