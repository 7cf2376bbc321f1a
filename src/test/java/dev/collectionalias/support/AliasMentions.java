package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What {@link InProcessMilvus} says of a collection's aliases where that is not what they are. */
public final class AliasMentions {

    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();
    private final Map<String, String> remembered = new ConcurrentHashMap<>();

    /** No list names the alias from now on (pymilvus#2939). */
    public void leaveOutOfLists(String alias) {
        leftOut.add(alias);
    }

    /** The collection's description goes on to name the alias, as one that a proxy of 2.5 or later remembers. */
    public void rememberInDescription(String alias, String collection) {
        remembered.put(alias, collection);
    }

    List<String> listed(List<String> aliases) {
        return aliases.stream().filter(alias -> !leftOut.contains(alias)).toList();
    }

    List<String> described(String collection, List<String> aliases) {
        Stream<String> known = remembered.keySet().stream().filter(alias -> remembered.get(alias).equals(collection));
        return Stream.concat(aliases.stream(), known).distinct().toList();
    }
}
