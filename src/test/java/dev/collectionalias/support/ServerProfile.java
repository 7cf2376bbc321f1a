package dev.collectionalias.support;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.milvus.grpc.ErrorCode;

/**
 * What a Milvus of a version does: there are profiles for 2.3.5, for 2.4 and 2.5, for 2.6.0 to 2.6.5, for 2.6.6 to 2.6.22
 * (2.6.20 was measured), and for what is newer; a fact that is known to have come with another release is as old as that.
 * The comments say who says so; what nobody does is called unproven.
 */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
final class ServerProfile {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");
    private static final int[] NEWEST = {Integer.MAX_VALUE, 0, 0};

    private static final int[] NUMERIC_CODES = {2, 3, 0};
    private static final int[] DESCRIBES_ALIASES = {2, 3, 5};
    private static final int[] ONE_CODE_FOR_A_MISSING_DATABASE = {2, 4, 0};
    private static final int[] PRIVILEGE_TO_ALTER = {2, 4, 0};
    private static final int[] REFUSES_DROP_2_4 = {2, 4, 23};
    private static final int[] ISOLATES_PARTITION_KEYS = {2, 4, 7};
    private static final int[] PRIVILEGE_TO_SEE_LOAD_STATES = {2, 4, 10};
    private static final int[] DROP_KEEPS_NEIGHBOURS = {2, 5, 0};
    private static final int[] REFUSES_DROP_2_5 = {2, 5, 5};
    private static final int[] DELETES_PROPERTIES = {2, 5, 0};
    private static final int[] DESCRIBES_FROM_ITS_CACHE = {2, 5, 0};
    private static final int[] RESOLVES_TARGETS = {2, 6, 0};
    private static final int[] COMPARES_SCHEMAS = {2, 6, 0};
    private static final int[] STREAMING = {2, 6, 6};
    private static final int[] SHARDS_BY_ID = {2, 6, 23};
    private static final int[] ONE_CODE_FOR_A_MISSING_COLLECTION = {3, 0, 0};

    private final int[] version;

    private ServerProfile(int... version) {
        this.version = version;
    }

    /** @param text as a server writes its version, as in {@code v2.3.5} or {@code 2.6-20260801-abc}; the newest profile if it names no release */
    static ServerProfile of(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.find()
                ? new ServerProfile(IntStream.rangeClosed(1, 3).map(group -> number(numbers.group(group))).toArray())
                : new ServerProfile(NEWEST);
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    boolean hasNumericCodes() {
        return isAtLeast(NUMERIC_CODES);
    }

    /** milvus#29641, #29896. */
    boolean knows(Rpc rpc) {
        return isAtLeast(DESCRIBES_ALIASES) || rpc != Rpc.DESCRIBE_ALIAS && rpc != Rpc.LIST_ALIASES;
    }

    /** Older ones answer 65535 or "collection not found" to some of the calls; measured on 2.3.5. */
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

    /** milvus#34336 and #34613. */
    boolean isolatesPartitionKeys() {
        return isAtLeast(ISOLATES_PARTITION_KEYS);
    }

    /** milvus#40148 and #40147. */
    boolean refusesToDropACollectionWithAliases() {
        return isAtLeast(REFUSES_DROP_2_5) || isAtLeast(REFUSES_DROP_2_4) && !isAtLeast(DROP_KEEPS_NEIGHBOURS);
    }

    /** milvus#33288: the stored form of every alias goes whose name begins with the dropped one's; measured on 2.3.5. */
    boolean dropDestroysStoredNeighbours() {
        return !isAtLeast(DROP_KEEPS_NEIGHBOURS);
    }

    /** Measured on 2.6.20 and, that it is refused, on 2.3.5; between them unproven. */
    boolean resolvesAliasesAsTargets() {
        return isAtLeast(RESOLVES_TARGETS);
    }

    /**
     * milvus#37437. Measured on 2.3.5, which refuses keys to delete and, where there are properties beside them, ignores
     * them; unproven for the releases of 2.4 after milvus#38361.
     */
    boolean deletesProperties() {
        return isAtLeast(DELETES_PROPERTIES);
    }

    /** milvus#39096, whose time is stored from milvus#41468 on; unproven for the releases of 2.5 that have both. */
    boolean comparesSchemasOfInserts() {
        return isAtLeast(COMPARES_SCHEMAS);
    }

    /**
     * Whether an alias that is sent to where it points is stored again and expires caches, as it did before alias changes
     * went through the log (milvus#44865, #45025).
     */
    boolean changesWhatStaysTheSame() {
        return !isAtLeast(STREAMING);
    }

    /** milvus#44865, #45025: the log is written first, caches are expired afterwards. */
    boolean expiresCachesFirst() {
        return !isAtLeast(STREAMING);
    }

    /** milvus#51533: where a collection's shards are is remembered by the name that was asked for. */
    boolean remembersShardsByName() {
        return !isAtLeast(SHARDS_BY_ID);
    }

    /** internal/querycoordv2/job of 2.5 refuses, and that of the master branch does not; unproven for the releases of 2.6. */
    boolean changesReplicasOfLoadedCollections() {
        return isAtLeast(RESOLVES_TARGETS);
    }

    /** Measured on 2.3.5; internal/querycoordv2/services.go of 2.6 answers with none, which is unproven between them. */
    boolean failsToTellReplicasOfWhatIsNotLoaded() {
        return !isAtLeast(RESOLVES_TARGETS);
    }

    /** Measured on 2.3.5; that there is a code is internal/querycoordv2/utils/meta.go of 2.4. */
    ServerFailure tooFewNodes(String group, int nodes, long needed) {
        if (!isAtLeast(ONE_CODE_FOR_A_MISSING_DATABASE)) {
            return new ServerFailure(ServerFailure.UNEXPECTED, "nodes not enough");
        }
        return new ServerFailure(ServerFailure.TOO_FEW_NODES,
                "resource group node not enough[rg=%s][currentNodeNum=%d][expectedNodeNum=%d]", group, nodes, needed);
    }

    /** Measured on 2.6.20; older ones say 800, which is unproven. */
    boolean dropsCollectionsOfMissingDatabases() {
        return isAtLeast(STREAMING);
    }

    /**
     * What {@code describeCollection} says. Measured on 2.3.5 and 2.6.20; that 2.5 answers from its cache and so without
     * a code is internal/proxy/service_provider.go; the words of 2.4 are milvus#30766; that there is a code again is the
     * master branch's, for 3.0.0 unproven.
     */
    ServerFailure nothingToDescribe(String database, String collection) {
        if (!isAtLeast(ONE_CODE_FOR_A_MISSING_DATABASE)) {
            return new ServerFailure(ServerFailure.COLLECTION_NOT_FOUND,
                    "collection not found[database=%s][collection=%s]", database, collection);
        }
        int code = isAtLeast(DESCRIBES_FROM_ITS_CACHE) && !isAtLeast(ONE_CODE_FOR_A_MISSING_COLLECTION)
                ? ServerFailure.NO_CODE
                : ServerFailure.COLLECTION_NOT_FOUND;
        ErrorCode legacy = isAtLeast(DESCRIBES_FROM_ITS_CACHE)
                ? ErrorCode.CollectionNotExists
                : ErrorCode.UnexpectedError;
        return new ServerFailure(code, legacy, "can't find collection[database=%s][collection=%s]".formatted(database,
                collection));
    }

    /**
     * Says no. Measured on 2.6.20; older ones have the same words and no code of their own for it
     * (internal/rootcoord/meta_table.go before {@code merr.WrapErrParameterInvalidMsg}). Which release after 2.6.6 changed
     * that is unproven.
     */
    ServerFailure refusal(String words, Object... arguments) {
        return isAtLeast(STREAMING)
                ? ServerFailure.invalidParameter(words, arguments)
                : new ServerFailure(ServerFailure.UNEXPECTED, words, arguments);
    }

    /** Says that the name of an alias can't be a collection's. Measured on 2.6.20; what older ones say is as above. */
    ServerFailure nameIsAnAlias(String database, String name, String words) {
        return isAtLeast(STREAMING)
                ? new ServerFailure(ServerFailure.NAME_IS_A_COLLECTION,
                        "%salias and collection name conflict[database=%s][alias=%s]", words, database, name)
                : new ServerFailure(ServerFailure.UNEXPECTED, "%s is an alias", name);
    }

    private boolean isAtLeast(int[] other) {
        return Arrays.compare(version, other) >= 0;
    }
}
