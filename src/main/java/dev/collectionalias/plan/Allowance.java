package dev.collectionalias.plan;

import static java.lang.String.format;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.AllowRule;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec;

/**
 * The aliases that a connection lets an object have. If it has a list of rules, it allows an alias only if a single rule
 * names all of its namespace, its database and itself.
 */
public record Allowance(ConnectionName connection, ServerConnectionSpec spec) {

    private static final int MOST_PATTERNS = 3;

    /** Whether the object may have this alias of its database. */
    public boolean covers(Subject subject, String alias) {
        return missing(subject, alias).isEmpty();
    }

    /**
     * Says in a sentence which rule the object lacks, for its alias or for the preview alias that it wants. An object
     * that is being deleted wants no preview alias.
     */
    public Optional<String> missing(Subject subject) {
        String previewAlias = subject.isDeleting() ? "" : subject.spec().cutover().previewAlias();
        return Stream.of(subject.spec().alias(), previewAlias).filter(alias -> !alias.isEmpty())
                .flatMap(alias -> missing(subject, alias).stream()).findFirst();
    }

    /**
     * Says in a sentence which rule the object lacks for this alias. The operator ends a drop that it has begun, whatever
     * the connection allows since. That drop may have harmed the neighbours that the object remembers.
     */
    public Optional<String> missing(Subject subject, String alias) {
        boolean begun = subject.isDeleting() && !subject.status().neighbours().isEmpty();
        return begun ? Optional.empty() : spec.allowRules().flatMap(rules -> missing(rules, subject, alias));
    }

    private Optional<String> missing(List<AllowRule> rules, Subject subject, String alias) {
        String namespace = subject.name().namespace();
        String database = subject.spec().database();
        List<AllowRule> ofNamespace = narrow(rules, rule -> matches(rule.namespaces(), namespace));
        if (ofNamespace.isEmpty()) {
            return Optional.of(format("%s does not allow namespace %s: no rule of spec.allow has it in namespaces",
                    connection, namespace));
        }
        List<AllowRule> ofDatabase = narrow(ofNamespace, rule -> matches(rule.databases(), database));
        if (ofDatabase.isEmpty()) {
            return Optional.of(format("%s does not allow namespace %s the database %s: no rule of spec.allow for this "
                    + "namespace has it in databases", connection, namespace, database));
        }
        return ofDatabase.stream().anyMatch(rule -> new Glob(rule.aliasPattern()).matches(alias))
                ? Optional.empty()
                : Optional.of(format(
                        "%s does not allow namespace %s the alias %s in database %s: no rule of spec.allow "
                                + "for them has an aliasPattern that it matches; allowed are %s",
                        connection, namespace, alias,
                        database, patterns(ofDatabase)));
    }

    private static List<AllowRule> narrow(List<AllowRule> rules, Predicate<AllowRule> by) {
        return rules.stream().filter(by).toList();
    }

    private static boolean matches(List<String> globs, String name) {
        return globs.stream().anyMatch(glob -> new Glob(glob).matches(name));
    }

    private static String patterns(List<AllowRule> rules) {
        List<String> patterns = rules.stream().map(AllowRule::aliasPattern).distinct().toList();
        String more = patterns.size() > MOST_PATTERNS ? format(" and %d more", patterns.size() - MOST_PATTERNS) : "";
        return patterns.stream().limit(MOST_PATTERNS).map(pattern -> "\"" + pattern + "\"")
                .collect(Collectors.joining(", ", "", more));
    }
}
