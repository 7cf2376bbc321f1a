package dev.collectionalias.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.collectionalias.api.v1alpha1.Api;

/**
 * What somebody asks for by an annotation: {@code <subject>@<generation>} or {@code <generation>}, optionally with
 * {@code #<anything>} behind to make it new. It is bound to the spec that was looked at when it was asked.
 */
public record Request(Kind kind, String value) {

    /** In the order in which several new ones are handled. */
    public enum Kind {
        ABORT(Api.ABORT), ROLLBACK(Api.ROLLBACK), RETRY(Api.RETRY), PROMOTE(Api.PROMOTE);

        private final String annotation;

        Kind(String annotation) {
            this.annotation = annotation;
        }

        public String annotation() {
            return annotation;
        }

        /** Under which {@code status.handledRequests} remembers the last one. */
        public String key() {
            return annotation.substring(annotation.indexOf('/') + 1);
        }
    }

    /** More than a collection's name and a generation need. The status remembers what was asked for. */
    private static final int LONGEST = 512;
    private static final int LONGEST_SHOWN = 300;
    private static final Pattern FORMAT = Pattern.compile("(?:([^@#]+)@)?(\\d{1,18})");

    /** What is too long becomes the same for all that begin like it, and is still too long. */
    static String bounded(String value) {
        return value.length() <= LONGEST + 2 ? value : OneLine.start(value, LONGEST + 2);
    }

    public boolean isTooLong() {
        return value.length() > LONGEST;
    }

    /** What comes before the {@code @}: a collection, {@code previous}, or a revision. */
    public Optional<String> subject() {
        return parts().map(parts -> parts.group(1)).filter(subject -> hasSubject());
    }

    public boolean isBoundTo(long generation) {
        return parts().filter(parts -> Long.parseLong(parts.group(2)) == generation)
                .filter(parts -> hasSubject() == (parts.group(1) != null)).isPresent();
    }

    private boolean hasSubject() {
        return kind == Kind.ROLLBACK || kind == Kind.PROMOTE;
    }

    private Optional<Matcher> parts() {
        Matcher parts = FORMAT.matcher(value.split("#", 2)[0].strip());
        return parts.matches() && !isTooLong() ? Optional.of(parts) : Optional.empty();
    }

    @Override
    public String toString() {
        return kind.key() + " \"" + OneLine.of(value, LONGEST_SHOWN) + "\"";
    }
}
