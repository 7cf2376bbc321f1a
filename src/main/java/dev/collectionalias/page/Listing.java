package dev.collectionalias.page;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.collectionalias.plan.Subject;

/**
 * What the page shows of all aliases.
 *
 * @param namespaces all that there is an alias in
 * @param found      how many aliases the filter finds; {@code aliases} are some of them
 * @param counts     how many each state would find
 */
record Listing(Filter filter, List<String> namespaces, int found, Map<State, Integer> counts,
        List<AliasView> aliases) {

    /** How many aliases a page has: however many there are, one look costs the browser no more than this. */
    static final int PAGE_SIZE = 50;

    static Listing of(List<Subject> all, Filter filter) {
        List<String> namespaces = all.stream().map(alias -> alias.name().namespace()).distinct().sorted().toList();
        List<Subject> named = all.stream().filter(filter::names).toList();
        Map<State, Integer> counts = new EnumMap<>(State.class);
        named.forEach(alias -> State.of(alias).forEach(state -> counts.merge(state, 1, Integer::sum)));
        List<Subject> found = named.stream()
                .filter(alias -> filter.state().isEmpty() || State.of(alias).contains(filter.state().get()))
                .sorted(Comparator.comparing(Subject::name)).toList();
        // A bookmark of a page that there is no more leads to the last one.
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

    /** The number of the first one that is shown, from 1. */
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

    /** The choice of namespaces has the one that is asked for, even if there is no alias in it any more. */
    boolean isGone(String namespace) {
        return !namespace.isEmpty() && !namespaces.contains(namespace);
    }
}
