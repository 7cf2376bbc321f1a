package dev.collectionalias.support;

import java.util.regex.Pattern;

/** Which names {@link InProcessMilvus} takes, and what it says to others: {@code validateCollectionNameOrAlias} of Milvus. */
final class NameRules {

    private static final int LONGEST = 255;
    private static final Pattern FIRST = Pattern.compile("[A-Za-z_].*", Pattern.DOTALL);
    private static final Pattern ALL = Pattern.compile("[A-Za-z0-9_]*");

    private NameRules() {}

    static void requireAlias(String name) {
        require("alias", name);
    }

    static void requireCollection(String name) {
        require("name", name);
    }

    private static void require(String what, String name) {
        if (name.isEmpty()) {
            throw ServerFailure.invalidParameter("collection %s should not be empty", what);
        }
        if (name.length() > LONGEST) {
            throw invalid(what, name, "the length of a collection %s must be less than %d characters", what, LONGEST);
        }
        if (!FIRST.matcher(name).matches()) {
            throw invalid(what, name, "the first character of a collection %s must be an underscore or letter", what);
        }
        if (!ALL.matcher(name).matches()) {
            throw invalid(what, name, "collection %s can only contain numbers, letters and underscores", what);
        }
    }

    private static ServerFailure invalid(String what, String name, String rule, Object... arguments) {
        return ServerFailure.invalidParameter("Invalid collection %s: %s. %s", what, name, rule.formatted(arguments));
    }
}
