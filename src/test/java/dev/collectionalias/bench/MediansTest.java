package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class MediansTest {

    @Test
    void oneBadRoundDoesNotMoveTheFigure() {
        assertThat(Medians.of(List.of(100.0, 3.0, 98.0))).isEqualTo(98);
    }

    @Test
    void ofAnEvenNumberItIsBetweenTheTwoInTheMiddle() {
        assertThat(Medians.of(List.of(1.0, 100.0, 4.0, 2.0))).isEqualTo(3);
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(Medians.of(List.of())).isNaN();
    }
}
