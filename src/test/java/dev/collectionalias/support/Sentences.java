package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.plan.Announcement;

/** What users are shown, however odd the text is that it was made from. */
public final class Sentences {

    /** The most that Kubernetes allows in the note of an Event; a condition may have 32768. */
    private static final int LONGEST = 1024;
    private static final Pattern BREAKS_THE_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private Sentences() {}

    public static void assertOneSentence(String message) {
        assertThat(message).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST).doesNotContainPattern(BREAKS_THE_LINE);
    }

    public static void assertAllSentences(List<Condition> conditions, List<Announcement> announcements) {
        conditions.forEach(condition -> assertOneSentence(condition.message()));
        announcements.forEach(announcement -> assertOneSentence(announcement.message()));
    }
}
