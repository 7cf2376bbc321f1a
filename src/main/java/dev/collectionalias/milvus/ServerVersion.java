package dev.collectionalias.milvus;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's version, and what follows from it. */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {

    /** The first release that can describe and list aliases (milvus#29641, #29896). */
    public static final ServerVersion OLDEST_SUPPORTED = new ServerVersion(2, 3, 5);

    /** A safe superset of the servers without the fix of milvus#33288. */
    private static final ServerVersion DROP_KEEPS_NEIGHBOURS = new ServerVersion(2, 5, 0);

    /** The first release that expires its proxies' caches after an alias was changed, not before (milvus#44865, #45025). */
    private static final ServerVersion ALTER_EXPIRES_CACHES_LAST = new ServerVersion(2, 6, 6);

    private static final Pattern FORMAT = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");

    /** Reads {@code v2.3.5}, {@code 2.6.6-dev}, {@code milvus-lite 3.2.2}; empty where there is no number to read. */
    public static Optional<ServerVersion> parse(String text) {
        Matcher version = FORMAT.matcher(text);
        if (!version.find()) {
            return Optional.empty();
        }
        int patch = version.group(3) == null ? 0 : Integer.parseInt(version.group(3));
        return Optional.of(
                new ServerVersion(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)), patch));
    }

    public boolean isSupported() {
        return compareTo(OLDEST_SUPPORTED) >= 0;
    }

    /** Whether dropping an alias also wipes the stored form of those whose names begin with its name. */
    public boolean dropDestroysNeighbours() {
        return compareTo(DROP_KEEPS_NEIGHBOURS) < 0;
    }

    /** Whether a search during a switch can make a proxy remember the old collection, and go on answering from it. */
    public boolean mayServeOldTargetAfterSwitch() {
        return compareTo(ALTER_EXPIRES_CACHES_LAST) < 0;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return Comparator.comparingInt(ServerVersion::major).thenComparingInt(ServerVersion::minor)
                .thenComparingInt(ServerVersion::patch).compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
