package dev.collectionalias.support;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;

/** An error that Milvus answers with, in the numbers of its {@code pkg/util/merr}. */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
final class ServerFailure extends RuntimeException {

    /** Some errors have a code of the old list only. */
    static final int NO_CODE = 0;
    static final int UNEXPECTED = 65535;
    static final int COLLECTION_NOT_FOUND = 100;
    static final int COLLECTION_NOT_LOADED = 101;
    static final int SCHEMA_MISMATCH = 109;
    static final int RESOURCE_GROUP_NOT_FOUND = 300;
    static final int TOO_FEW_NODES = 304;
    static final int REPLICA_NOT_FOUND = 400;
    static final int INDEX_NOT_FOUND = 700;
    static final int DATABASE_NOT_FOUND = 800;
    static final int INVALID_PARAMETER = 1100;
    static final int ALIAS_NOT_FOUND = 1600;
    static final int NAME_IS_A_COLLECTION = 1601;
    static final int ALIAS_EXISTS = 1602;

    private static final long serialVersionUID = 1L;
    private static final int SERVICE_NOT_READY = 1;
    private static final int RATE_LIMIT = 8;

    private final int code;
    private final ErrorCode legacyCode;

    ServerFailure(int code, String reason, Object... arguments) {
        this(code, legacyCode(code), reason.formatted(arguments));
    }

    ServerFailure(int code, ErrorCode legacyCode, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.legacyCode = legacyCode;
    }

    /** Some calls do not say in which database. */
    static ServerFailure collectionNotFound(String collection) {
        return new ServerFailure(COLLECTION_NOT_FOUND, "collection not found[collection=%s]", collection);
    }

    static ServerFailure invalidParameter(String reason, Object... arguments) {
        return new ServerFailure(INVALID_PARAMETER, reason + ": invalid parameter", arguments);
    }

    int code() {
        return code;
    }

    /** @param numericCode false for servers before 2.3, which know only the short list of the old enum */
    Status status(boolean numericCode) {
        return Status.newBuilder().setCode(numericCode ? code : NO_CODE).setErrorCode(legacyCode)
                .setReason(getMessage()).build();
    }

    private static ErrorCode legacyCode(int code) {
        return switch (code) {
            case SERVICE_NOT_READY -> ErrorCode.NotReadyServe;
            case RATE_LIMIT -> ErrorCode.RateLimit;
            case COLLECTION_NOT_FOUND -> ErrorCode.CollectionNotExists;
            case SCHEMA_MISMATCH -> ErrorCode.SchemaMismatch;
            case REPLICA_NOT_FOUND -> ErrorCode.MetaFailed;
            case INDEX_NOT_FOUND -> ErrorCode.IndexNotExist;
            case INVALID_PARAMETER -> ErrorCode.IllegalArgument;
            default -> ErrorCode.UnexpectedError;
        };
    }
}
