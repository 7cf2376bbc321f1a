package dev.collectionalias.cli;

import java.time.Duration;
import java.time.Instant;

/** How long ago something happened, in as many words as kubectl's AGE column has. */
final class Age {

    private static final int DAYS_OF_A_YEAR = 365;

    private Age() {}

    static String since(Instant then, Instant now) {
        return then == null ? "?" : of(Duration.between(then, now));
    }

    static String of(Duration age) {
        if (age.isNegative()) {
            return "0s"; // the clock of the machine that wrote the time is ahead
        }
        if (age.toMinutes() < 2) {
            return age.toSeconds() + "s";
        }
        if (age.toMinutes() < 10) {
            return two(age.toMinutes(), "m", age.toSecondsPart(), "s");
        }
        if (age.toHours() < 3) {
            return age.toMinutes() + "m";
        }
        if (age.toHours() < 8) {
            return two(age.toHours(), "h", age.toMinutesPart(), "m");
        }
        if (age.toHours() < 48) {
            return age.toHours() + "h";
        }
        return age.toDays() < 2 * DAYS_OF_A_YEAR ? age.toDays() + "d" : age.toDays() / DAYS_OF_A_YEAR + "y";
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + unit : large + unit + small + smallUnit;
    }
}
