package dev.collectionalias.page;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.collectionalias.plan.Subject;

/**
 * The part of all aliases that the page shows.
 *
 * @param namespaces that have an alias
 * @param found      how many aliases the filter finds; {@code aliases} are some of them
 * @param counts     how many aliases the filter would find in each state
 */
record Listing(Filter filter, List<String> namespaces, int found, Map<State, Integer> counts,
        List<AliasView> aliases) {

    /** How many aliases a page has. One look costs the browser no more than this, however many aliases exist. */
    static final int PAGE_SIZE = 50;

    static Listing of(List<Subject> all, Filter filter) {
        List<String> namespaces = all.stream().map(alias -> alias.name().namespace()).distinct().sorted().toList();
        List<Subject> named = all.stream().filter(filter::names).toList();
        Map<State, Integer> counts = new EnumMap<>(State.class);
        named.forEach(alias -> State.of(alias).forEach(state -> counts.merge(state, 1, Integer::sum)));
        List<Subject> found = named.stream()
                .filter(alias -> filter.state().isEmpty() || State.of(alias).contains(filter.state().get()))
                .sorted(Comparator.comparing(Subject::name)).toList();
        // A bookmark may name a page that does not exist any more. It leads to the last page.
        Filter shown = filter.at(Math.min(filter.page(), pages(found.size())));
        return new Listing(shown, namespaces, found.size(), counts, found.stream()
                .skip((shown.page() - 1L) * PAGE_SIZE).limit(PAGE_SIZE).map(AliasView::new).toList());
    }

    private static int pages(int found) {
        return Math.max(1, (found + PAGE_SIZE - 1) / PAGE_SIZE);
    }

    int pages() {
        return pages(found);
    }

    /** The number of the first alias on the page, from 1. */
    int first() {
        return (filter.page() - 1) * PAGE_SIZE + 1;
    }

    int last() {
        return first() + aliases.size() - 1;
    }

    boolean hasPrevious() {
        return filter.page() > 1;
    }

    boolean hasNext() {
        return filter.page() < pages();
    }

    /** Whether no alias is in the namespace any more. The form keeps the namespace of the filter as a choice even then. */
    boolean isGone(String namespace) {
        return !namespace.isEmpty() && !namespaces.contains(namespace);
    }
}
