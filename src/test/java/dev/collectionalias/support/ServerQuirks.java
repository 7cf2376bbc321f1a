package dev.collectionalias.support;

import java.util.Arrays;

/** What a Milvus of a version does differently from the newest. */
final class ServerQuirks {

    private static final int[] NUMERIC_CODES = {2, 3, 0};
    private static final int[] DESCRIBES_ALIASES = {2, 3, 5};
    private static final int[] ONE_CODE_FOR_A_MISSING_DATABASE = {2, 4, 0};
    private static final int[] PRIVILEGE_TO_ALTER = {2, 4, 0};
    private static final int[] REFUSES_DROP_2_4 = {2, 4, 23};
    private static final int[] PRIVILEGE_TO_SEE_LOAD_STATES = {2, 4, 10};
    private static final int[] DROP_KEEPS_NEIGHBOURS = {2, 5, 0};
    private static final int[] REFUSES_DROP_2_5 = {2, 5, 5};

    private final int[] version;

    /** @param version as a server writes it: {@code v2.3.5} */
    ServerQuirks(String version) {
        this.version = Arrays.stream(version.replaceFirst("^v", "").split("[.-]")).limit(3)
                .mapToInt(Integer::parseInt).toArray();
    }

    boolean hasNumericCodes() {
        return isAtLeast(NUMERIC_CODES);
    }

    /** milvus#29641, #29896. */
    boolean knows(Rpc rpc) {
        return isAtLeast(DESCRIBES_ALIASES) || rpc != Rpc.DESCRIBE_ALIAS && rpc != Rpc.LIST_ALIASES;
    }

    /** Older ones answer 65535 or "collection not found" to some of the calls, and name a collection by its alias. */
    boolean hasOneCodeForAMissingDatabase() {
        return isAtLeast(ONE_CODE_FOR_A_MISSING_DATABASE);
    }

    /** As it is granted; empty where everybody may call. Measured on 2.3.5, and milvus-proto#314. */
    String privilege(Rpc rpc) {
        return switch (rpc) {
            case ALTER_ALIAS -> isAtLeast(PRIVILEGE_TO_ALTER) ? rpc.privilege() : "";
            case GET_LOAD_STATE, GET_LOADING_PROGRESS ->
                isAtLeast(PRIVILEGE_TO_SEE_LOAD_STATES) ? rpc.privilege() : Rpc.LOAD_COLLECTION.privilege();
            default -> rpc.privilege();
        };
    }

    /** milvus#40148 and #40147. */
    boolean refusesToDropACollectionWithAliases() {
        return isAtLeast(REFUSES_DROP_2_5) || isAtLeast(REFUSES_DROP_2_4) && !isAtLeast(DROP_KEEPS_NEIGHBOURS);
    }

    /** milvus#33288: the stored form of every alias goes whose name begins with the dropped one's. */
    boolean dropDestroysStoredNeighbours() {
        return !isAtLeast(DROP_KEEPS_NEIGHBOURS);
    }

    private boolean isAtLeast(int[] other) {
        return Arrays.compare(version, other) >= 0;
    }
}
