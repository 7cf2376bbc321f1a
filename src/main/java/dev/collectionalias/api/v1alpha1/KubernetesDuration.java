package dev.collectionalias.api.v1alpha1;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A duration as Kubernetes writes it: {@code 10s}, {@code 1h30m}, {@code 500ms}. */
public record KubernetesDuration(Duration value) {

    /**
     * The schema's rule: hours, minutes, seconds and milliseconds, each at most once, in this order. With a pattern instead,
     * the API server would answer with the expression and no sentence.
     */
    static final String RULE = "self != '' && self.matches('^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?([0-9]{1,6}ms)?$')";

    private static final Pattern FORMAT = Pattern
            .compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

    /** @throws IllegalArgumentException with a sentence for the user if the text is not such a duration */
    @JsonCreator
    public static KubernetesDuration of(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 10s or 1h30m");
        }
        return new KubernetesDuration(
                Duration.ofHours(number(parts.group(1))).plusMinutes(number(parts.group(2)))
                        .plusSeconds(number(parts.group(3))).plusMillis(number(parts.group(4))));
    }

    @Override
    @JsonValue
    public String toString() {
        String text = part(value.toHours(), "h") + part(value.toMinutesPart(), "m") + part(value.toSecondsPart(), "s")
                + part(value.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }
}
