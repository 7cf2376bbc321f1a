package dev.collectionalias.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.collectionalias.api.v1alpha1.Api;

/**
 * Somebody's request in an annotation: {@code <subject>@<generation>} or {@code <generation>}. Optionally {@code
 * #<anything>} behind makes it new. It is bound to the spec that its author had looked at.
 */
public record Request(Kind kind, String value) {

    /** The operator handles several new ones in this order. */
    public enum Kind {
        ABORT(Api.ABORT), ROLLBACK(Api.ROLLBACK), RETRY(Api.RETRY), PROMOTE(Api.PROMOTE);

        private final String annotation;

        Kind(String annotation) {
            this.annotation = annotation;
        }

        public String annotation() {
            return annotation;
        }

        /** The key under which {@code status.handledRequests} remembers the last one. */
        public String key() {
            return annotation.substring(annotation.indexOf('/') + 1);
        }
    }

    /** More than a collection's name and a generation need. The status remembers the request. */
    private static final int LONGEST = 512;
    private static final int LONGEST_SHOWN = 300;
    private static final Pattern FORMAT = Pattern.compile("(?:([^@#]+)@)?(\\d{1,18})");

    /** Cuts a value that is too long. It is then the same for all values that begin like it, and is still too long. */
    static String bounded(String value) {
        return value.length() <= LONGEST + 2 ? value : OneLine.start(value, LONGEST + 2);
    }

    public boolean isTooLong() {
        return value.length() > LONGEST;
    }

    /** The part before the {@code @}: a collection, {@code previous}, or a revision. */
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
