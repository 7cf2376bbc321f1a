package dev.collectionalias.gitops.forecast;

import java.util.List;
import java.util.function.Predicate;

import dev.collectionalias.observe.AliasDirectory;
import dev.collectionalias.plan.Subject;

/** The objects that the command knows besides those of its manifests. */
record KnownAliases(List<Subject> all) implements AliasDirectory {

    @Override
    public List<Subject> naming(String database, String alias) {
        return of(database, subject -> subject.spec().alias().equals(alias));
    }

    @Override
    public List<Subject> previewing(String database, String alias) {
        return of(database, subject -> subject.previewAliases().contains(alias));
    }

    @Override
    public List<Subject> needing(String database, String collection) {
        return of(database, subject -> subject.collections().contains(collection));
    }

    @Override
    public List<Subject> remembering(String database, String alias) {
        return of(database, subject -> subject.status().neighbours().stream()
                .anyMatch(neighbour -> neighbour.alias().equals(alias)));
    }

    private List<Subject> of(String database, Predicate<Subject> which) {
        return all.stream().filter(subject -> subject.spec().database().equals(database)).filter(which).toList();
    }
}
