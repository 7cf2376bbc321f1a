package dev.collectionalias.gitops.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.gitops.server.AliasName;

/**
 * Names for the objects of aliases, valid by RFC 1123 and each given once. An alias may have capitals and underscores. In the
 * object's name they become small letters and dashes. For a database other than {@code default}, the name begins with the
 * database. If several aliases would get the same name, the least changed one gets it. The others get an ending of their own.
 *
 * <p>A name depends only on the alias, its database, the aliases of the same name, and the names in use. It does not depend on
 * an order.
 */
final class ObjectNames {

    /** The limit of a DNS label. Kubernetes allows longer names, but some tools stumble over them. */
    private static final int LONGEST = 63;
    private static final int ENDING = 8;
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-z0-9]+");
    private static final Pattern KEPT_BUT_FOR_UNDERSCORES = Pattern.compile("[a-z0-9]+(_[a-z0-9]+)*");

    private static final Comparator<AliasName> BY_CHANGE = Comparator
            .comparing((AliasName name) -> !KEPT_BUT_FOR_UNDERSCORES.matcher(name.alias()).matches())
            .thenComparing(name -> !isDefault(name)).thenComparing(Comparator.naturalOrder());

    private ObjectNames() {}

    /** @param taken the names of other objects */
    static Map<AliasName, String> of(Collection<AliasName> aliases, Set<String> taken) {
        Map<String, List<AliasName>> byName = aliases.stream().distinct()
                .collect(Collectors.groupingBy(ObjectNames::plain));
        Map<AliasName, String> names = new TreeMap<>();
        byName.forEach((name, same) -> {
            AliasName first = same.stream().min(BY_CHANGE).orElseThrow();
            same.forEach(alias -> names.put(alias,
                    alias.equals(first) && name.length() <= LONGEST && !taken.contains(name)
                            ? name
                            : ending(name, alias)));
        });
        return names;
    }

    private static String plain(AliasName name) {
        String words = isDefault(name) ? name.alias() : name.database() + "-" + name.alias();
        String plain = NOT_IN_NAMES.matcher(words.toLowerCase(Locale.ROOT)).replaceAll("-");
        String trimmed = plain.replaceAll("^-|-$", "");
        return trimmed.isEmpty() ? "alias" : trimmed;
    }

    private static boolean isDefault(AliasName name) {
        return name.database().equals(CollectionAliasSpec.DEFAULT_DATABASE);
    }

    private static String ending(String name, AliasName alias) {
        String start = name.substring(0, Math.min(name.length(), LONGEST - ENDING - 1)).replaceAll("-$", "");
        return start + "-" + digest(alias.database() + "/" + alias.alias()).substring(0, ENDING);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
