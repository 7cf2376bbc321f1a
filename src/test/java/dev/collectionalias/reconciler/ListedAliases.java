package dev.collectionalias.reconciler;

import java.util.List;
import java.util.function.Predicate;

import dev.collectionalias.observe.AliasDirectory;
import dev.collectionalias.plan.Subject;

/** The other objects that there are, as a list. */
record ListedAliases(List<Subject> others) implements AliasDirectory {

    @Override
    public List<Subject> naming(String database, String alias) {
        return those(other -> other.spec().alias().equals(alias));
    }

    @Override
    public List<Subject> previewing(String database, String alias) {
        return those(other -> other.previewAliases().contains(alias));
    }

    @Override
    public List<Subject> needing(String database, String collection) {
        return those(other -> other.collections().contains(collection));
    }

    @Override
    public List<Subject> remembering(String database, String alias) {
        return those(other -> other.status().neighbours().stream()
                .anyMatch(neighbour -> neighbour.alias().equals(alias)));
    }

    private List<Subject> those(Predicate<Subject> wanted) {
        return others.stream().filter(wanted).toList();
    }
}
