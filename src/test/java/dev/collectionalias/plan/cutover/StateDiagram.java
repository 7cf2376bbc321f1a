package dev.collectionalias.plan.cutover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The diagram in {@code docs/architecture.md}: the ways from one {@link CutoverState} to another. */
public final class StateDiagram {

    private static final Path DOCUMENT = Path.of("docs/architecture.md");
    private static final Pattern GROUP = Pattern.compile("^    state (\\w+) \\{([^}]*)\\}$", Pattern.MULTILINE);
    private static final Pattern EDGE = Pattern.compile("^    (\\w+) --> (\\w+)(:.*)?$", Pattern.MULTILINE);
    private static final Set<String> STATES = EnumSet.allOf(CutoverState.class).stream().map(Enum::name)
            .collect(Collectors.toSet());

    private StateDiagram() {}

    /** An edge of a group is one of each state in it. Edges to what is no state of a cutover are left out. */
    public static Set<String> edges() {
        String document = text();
        Map<String, List<String>> groups = new HashMap<>();
        GROUP.matcher(document).results()
                .forEach(group -> groups.put(group.group(1), List.of(group.group(2).strip().split("\\s+"))));
        Set<String> edges = new TreeSet<>();
        EDGE.matcher(document).results().forEach(edge -> states(edge.group(1), groups).forEach(
                from -> states(edge.group(2), groups).filter(to -> !to.equals(from))
                        .forEach(to -> edges.add(edge(from, to)))));
        return edges;
    }

    /** The ways that were gone, of states one after another. */
    public static Set<String> edges(List<CutoverState> states) {
        Set<String> edges = new TreeSet<>();
        for (int i = 1; i < states.size(); i++) {
            if (states.get(i) != states.get(i - 1)) {
                edges.add(edge(states.get(i - 1).name(), states.get(i).name()));
            }
        }
        return edges;
    }

    private static Stream<String> states(String name, Map<String, List<String>> groups) {
        return groups.getOrDefault(name, List.of(name)).stream().filter(STATES::contains);
    }

    private static String edge(String from, String to) {
        return from + " --> " + to;
    }

    private static String text() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
