package dev.collectionalias.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as people read it. The page does not show ages, because their text would change each second. */
final class Moment {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter
            .ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Moment() {}

    static String of(Instant time) {
        return FORMAT.format(time);
    }
}
