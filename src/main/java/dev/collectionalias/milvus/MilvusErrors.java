package dev.collectionalias.milvus;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.plan.OneLine;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;

/**
 * The one table that says what a failed call means. The server's numeric code decides first, then the code of the old enum,
 * then the server's words. The codes are those of Milvus' {@code pkg/util/merr}. The words serve for Milvus Lite, which knows
 * few codes, and for errors to which Milvus gives no code.
 */
final class MilvusErrors {

    /** A longer text does not help anybody who reads a status. */
    private static final int LONGEST_SERVER_TEXT = 300;

    private MilvusErrors() {}

    /** @param credentials redacted wherever a server repeats them */
    static MilvusException translate(String call, Throwable failure, Credentials credentials) {
        StatusRuntimeException rpc = findRpcFailure(failure);
        if (rpc != null) {
            return translateRpc(call, rpc, credentials);
        }
        if (failure instanceof MilvusClientException server && server.getErrorCode() == ErrorCode.SERVER_ERROR) {
            Kind kind = kindOf(server.getServerErrCode(), server.getLegacyServerCode(), words(server));
            return new MilvusException(kind, call + ": " + tidy(server.getMessage(), credentials), failure);
        }
        // The SDK could not read the answer.
        return new MilvusException(Kind.UNREADABLE, call + ": the server's answer could not be read", failure);
    }

    /**
     * Adds to a denial the database in which the privilege is missing. Newer servers name it, and one as old as 2.3.5 does not.
     */
    static MilvusException inDatabase(String database, MilvusException failure) {
        if (failure.kind() != Kind.PERMISSION_DENIED || failure.getMessage().endsWith(" database")) {
            return failure;
        }
        String name = database.isEmpty() ? ServerCalls.DEFAULT_DATABASE : database;
        return new MilvusException(failure.kind(), failure.getMessage() + " in the `%s` database".formatted(name),
                failure.getCause());
    }

    /**
     * A server may give the old code alone, as 2.6.20 does for a missing collection. The SDK then repeats it as the new one.
     */
    private static Kind kindOf(int code, int legacy, String words) {
        Optional<Kind> told = code == legacy ? Optional.empty() : byCode(code, words);
        return told.or(() -> byLegacyCode(legacy, words)).orElseGet(() -> byWords(words));
    }

    private static Optional<Kind> byCode(int code, String words) {
        return Optional.ofNullable(switch (code) {
            case 3 -> Kind.NOT_LOADED;
            case 8 -> Kind.RATE_LIMITED;
            case 9 -> words.contains("time tick") ? Kind.RATE_LIMITED : Kind.QUOTA_EXCEEDED;
            case 12, 304 -> Kind.TOO_FEW_NODES;
            case 100 -> words.startsWith("alias") ? Kind.ALIAS_NOT_FOUND : Kind.COLLECTION_NOT_FOUND;
            case 101, 103, 400 -> Kind.NOT_LOADED;
            case 700 -> Kind.NO_INDEX;
            case 800 -> Kind.DATABASE_NOT_FOUND;
            case 1100, 1101 -> Kind.INVALID_REQUEST;
            case 1400 -> Kind.UNAUTHENTICATED;
            case 1401 -> words.contains("authenticat") ? Kind.UNAUTHENTICATED : Kind.PERMISSION_DENIED;
            case 1402 -> Kind.PERMISSION_DENIED;
            case 1600 -> Kind.ALIAS_NOT_FOUND;
            case 1601 -> Kind.NAME_IS_A_COLLECTION;
            case 1602 -> Kind.ALIAS_EXISTS;
            default -> null;
        });
    }

    @SuppressWarnings("deprecation") // older servers send no other code
    private static Optional<Kind> byLegacyCode(int legacy, String words) {
        return Optional.ofNullable(switch (io.milvus.grpc.ErrorCode.forNumber(legacy)) {
            case CollectionNotExists -> words.startsWith("alias") ? Kind.ALIAS_NOT_FOUND : Kind.COLLECTION_NOT_FOUND;
            case PermissionDenied -> Kind.PERMISSION_DENIED;
            case IllegalArgument, IllegalCollectionName -> Kind.INVALID_REQUEST;
            case IndexNotExist -> Kind.NO_INDEX;
            case InsufficientMemoryToLoad -> Kind.NOT_LOADED;
            case RateLimit, TimeTickLongDelay -> Kind.RATE_LIMITED;
            case ForceDeny, MemoryQuotaExhausted, DiskQuotaExhausted -> Kind.QUOTA_EXCEEDED;
            case null, default -> null;
        });
    }

    private static Kind byWords(String words) {
        if (words.contains("cluster is not primary")) {
            return Kind.NOT_PRIMARY;
        }
        // Milvus 2.3.5 can set a property of a collection but can't remove one.
        if (words.contains("only support alter collection properties")) {
            return Kind.UNSUPPORTED;
        }
        // Milvus 2.3.5 has no code for it yet.
        if (words.contains("nodes not enough")) {
            return Kind.TOO_FEW_NODES;
        }
        if (words.contains("too many operations in txn")) {
            return Kind.DROP_IMPOSSIBLE;
        }
        if (words.contains("permission deny") || words.contains("permission denied")) {
            return Kind.PERMISSION_DENIED;
        }
        if (words.contains("conflicts with an existing collection")) {
            return Kind.NAME_IS_A_COLLECTION;
        }
        if (words.contains("alias") && words.contains("already exist")) {
            return Kind.ALIAS_EXISTS;
        }
        if (words.contains("database") && (words.contains("not found") || words.contains("not exist"))) {
            return Kind.DATABASE_NOT_FOUND;
        }
        return Kind.SERVER_ERROR;
    }

    private static MilvusException translateRpc(String call, StatusRuntimeException rpc, Credentials credentials) {
        Status status = rpc.getStatus();
        String text = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return switch (status.getCode()) {
            case UNAUTHENTICATED -> new MilvusException(Kind.UNAUTHENTICATED,
                    "the server refused the credentials: " + tidy(text, credentials), rpc);
            case PERMISSION_DENIED ->
                new MilvusException(Kind.PERMISSION_DENIED, call + ": " + tidy(text, credentials), rpc);
            case UNIMPLEMENTED ->
                new MilvusException(Kind.UNSUPPORTED, call + ": the server does not know this call", rpc);
            case DEADLINE_EXCEEDED ->
                new MilvusException(Kind.UNAVAILABLE, call + ": no answer in the time given", rpc);
            case UNAVAILABLE, CANCELLED ->
                new MilvusException(Kind.UNAVAILABLE, call + ": " + tidy(text, credentials), rpc);
            case RESOURCE_EXHAUSTED ->
                new MilvusException(Kind.RATE_LIMITED, call + ": " + tidy(text, credentials), rpc);
            default -> new MilvusException(connectionEnded(rpc) ? Kind.UNAVAILABLE : Kind.SERVER_ERROR,
                    call + ": " + tidy(text, credentials), rpc);
        };
    }

    /** gRPC gives the code UNKNOWN to a call whose connection ends between two of its steps (grpc-java#10120). */
    private static boolean connectionEnded(StatusRuntimeException rpc) {
        return rpc.getStatus().getCode() == Status.Code.UNKNOWN && rpc.getStatus().getCause() instanceof IOException;
    }

    private static StatusRuntimeException findRpcFailure(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof StatusRuntimeException rpc) {
                return rpc;
            }
        }
        return null;
    }

    private static String words(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }

    /** The text on one line, shortened, and without the credentials. */
    static String tidy(String text, Credentials credentials) {
        // Redacts twice: a secret that the server spread over several lines is whole only once the lines are joined.
        String line = OneLine.of(credentials.redact(String.valueOf(text)), Integer.MAX_VALUE);
        return OneLine.of(credentials.redact(line), LONGEST_SERVER_TEXT);
    }
}
