package dev.collectionalias.milvus;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.collectionalias.plan.seen.SwitchRemedy;

/** The version that a server tells, and what follows from it. */
public sealed interface ServerVersion {

    /** The first release that can describe and list aliases (milvus#29641, #29896). */
    Release OLDEST_SUPPORTED = new Release(2, 3, 5);

    /** Reads {@code v2.3.5}, {@code v2.3.5-lite} of the embedded standalone server, {@code milvus_lite-3.2.2}. */
    static ServerVersion parse(String text) {
        return Lite.isMeant(text) ? new Lite() : Release.read(text).orElseGet(Unclear::new);
    }

    boolean isSupported();

    /** Whether dropping an alias also wipes the stored form of every alias whose name begins with the dropped name. */
    boolean dropDestroysNeighbours();

    /** What the operator has to do before all searches follow a switch; empty: they follow at once. */
    Set<SwitchRemedy> remedies();

    /** A release of Milvus. */
    record Release(int major, int minor, int patch) implements ServerVersion, Comparable<Release> {

        /** No server before this release has the fix of milvus#33288 for certain; some of them may have it. */
        private static final Release DROP_KEEPS_NEIGHBOURS = new Release(2, 5, 0);

        /**
         * The first release that expires its proxies' caches after it has changed an alias, not before (milvus#44865, #45025).
         */
        private static final Release EXPIRES_CACHES_LAST = new Release(2, 6, 6);

        /** The first release that remembers shards by the collection, not by the alias (milvus#51533, #52334). */
        private static final Release REMEMBERS_SHARDS_BY_COLLECTION = new Release(2, 6, 23);

        /** A suffix for a build target names the same release. Any other suffix may mean something else. */
        private static final Pattern FORMAT = Pattern
                .compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:-(?:gpu|lite))?");

        static Optional<ServerVersion> read(String text) {
            Matcher version = FORMAT.matcher(text.strip());
            return version.matches()
                    ? Optional.of(new Release(Integer.parseInt(version.group(1)),
                            Integer.parseInt(version.group(2)), Integer.parseInt(version.group(3))))
                    : Optional.empty();
        }

        @Override
        public boolean isSupported() {
            return compareTo(OLDEST_SUPPORTED) >= 0;
        }

        @Override
        public boolean dropDestroysNeighbours() {
            return compareTo(DROP_KEEPS_NEIGHBOURS) < 0;
        }

        @Override
        public Set<SwitchRemedy> remedies() {
            if (compareTo(EXPIRES_CACHES_LAST) < 0) {
                return EnumSet.of(SwitchRemedy.SEND_AGAIN);
            }
            return compareTo(REMEMBERS_SHARDS_BY_COLLECTION) < 0
                    ? EnumSet.of(SwitchRemedy.EXPIRE_CACHES)
                    : EnumSet.noneOf(SwitchRemedy.class);
        }

        @Override
        public int compareTo(Release other) {
            return Comparator.comparingInt(Release::major).thenComparingInt(Release::minor)
                    .thenComparingInt(Release::patch).compare(this, other);
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    /** Milvus Lite: a single process. It has no caches that could be outdated, and a drop loses nothing else. */
    record Lite() implements ServerVersion {

        static boolean isMeant(String text) {
            return text.startsWith("milvus_lite");
        }

        @Override
        public boolean isSupported() {
            return true;
        }

        @Override
        public boolean dropDestroysNeighbours() {
            return false;
        }

        @Override
        public Set<SwitchRemedy> remedies() {
            return EnumSet.noneOf(SwitchRemedy.class);
        }
    }

    /** A pre-release, a nightly build, or a text that can't be read. The operator does everything that any server needs. */
    record Unclear() implements ServerVersion {

        @Override
        public boolean isSupported() {
            return true;
        }

        @Override
        public boolean dropDestroysNeighbours() {
            return true;
        }

        @Override
        public Set<SwitchRemedy> remedies() {
            return EnumSet.allOf(SwitchRemedy.class);
        }
    }
}
