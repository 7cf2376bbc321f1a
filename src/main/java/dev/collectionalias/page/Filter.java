package dev.collectionalias.page;

import static java.lang.String.format;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.plan.Subject;

/**
 * The filter for aliases. It is the query of the page's address, so that people can bookmark it and send it to somebody.
 *
 * @param namespace empty: any
 * @param text      a part of the name of the object, of the alias or of a collection; empty: any
 * @param page      which part of a long list, from 1
 */
record Filter(String namespace, Optional<State> state, String text, int page) {

    static final String NAMESPACE = "namespace";
    static final String STATE = "state";
    static final String TEXT = "name";
    static final String PAGE = "page";
    /** No list has a page number with more digits. */
    private static final String PAGE_NUMBER = "[1-9]\\d{0,6}";

    static final Filter NONE = new Filter("", Optional.empty(), "", 1);

    /** Ignores everything that it does not understand. The form shows the filter in force. */
    static Filter of(String query) {
        Map<String, String> values = Stream.ofNullable(query).flatMap(all -> Stream.of(all.split("&")))
                .map(pair -> pair.split("=", 2)).filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1]).strip(),
                        (first, second) -> second));
        String page = values.getOrDefault(PAGE, "");
        return new Filter(values.getOrDefault(NAMESPACE, ""), State.named(values.getOrDefault(STATE, "")),
                values.getOrDefault(TEXT, ""), page.matches(PAGE_NUMBER) ? Integer.parseInt(page) : 1);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException halfAnEscape) {
            return text;
        }
    }

    Filter with(State newState) {
        return new Filter(namespace, Optional.of(newState), text, 1);
    }

    Filter at(int newPage) {
        return new Filter(namespace, state, text, newPage);
    }

    boolean isOf(State asked) {
        return state.filter(asked::equals).isPresent();
    }

    /** Whether the filter finds the alias, in whatever state it is. */
    boolean names(Subject alias) {
        return (namespace.isEmpty() || namespace.equals(alias.name().namespace()))
                && (text.isEmpty() || Stream.concat(Stream.of(alias.name().name(), alias.spec().alias()),
                        alias.collections().stream()).anyMatch(this::isPart));
    }

    private boolean isPart(String name) {
        return name.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /** The page's address with this filter, relative to the page. */
    String link() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(NAMESPACE, namespace);
        values.put(STATE, state.map(State::name).orElse(""));
        values.put(TEXT, text);
        values.put(PAGE, page == 1 ? "" : Integer.toString(page));
        return values.entrySet().stream().filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> format("%s=%s", entry.getKey(),
                        URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&", "?", ""));
    }
}
