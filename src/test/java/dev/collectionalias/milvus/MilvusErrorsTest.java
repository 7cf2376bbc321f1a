package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Credentials;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failed call means, and what is left of a server's words. */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
class MilvusErrorsTest {

    private static final Credentials CREDENTIALS = Credentials.usernamePassword("app", "a secret  word");

    @Test
    void noCharacterThatATerminalActsUpon() {
        assertThat(MilvusErrors.tidy("\u001b[31mone\u0000 \u2028two\u0085\u202ethree\n", CREDENTIALS))
                .isEqualTo("[31mone two three");
    }

    @Test
    void noHalfOfACharacter() {
        String cut = MilvusErrors.tidy("x".repeat(298) + "\ud83d\ude00 and more", CREDENTIALS);

        assertThat(cut).isEqualTo("x".repeat(298) + "…");
        assertThat(MilvusErrors.tidy("one \ud83d two", CREDENTIALS)).isEqualTo("one two");
    }

    @Test
    void noPasswordInAnyFormInWhichItWasSent() {
        String header = Base64.getEncoder().encodeToString(CREDENTIALS.token().getBytes(StandardCharsets.UTF_8));

        assertThat(MilvusErrors.tidy("authorization: " + header, CREDENTIALS)).isEqualTo("authorization: ***");
        assertThat(MilvusErrors.tidy("the password a secret  word is wrong", CREDENTIALS))
                .isEqualTo("the password *** is wrong");
    }

    /** The words are those of another failure, so that nothing but the code can have told. */
    @ParameterizedTest
    @CsvSource({"3, NOT_LOADED", "8, RATE_LIMITED", "9, QUOTA_EXCEEDED", "100, COLLECTION_NOT_FOUND", "101, NOT_LOADED",
            "103, NOT_LOADED",
            "700, NO_INDEX", "800, DATABASE_NOT_FOUND", "1100, INVALID_REQUEST", "1101, INVALID_REQUEST",
            "1400, UNAUTHENTICATED", "1401, PERMISSION_DENIED", "1402, PERMISSION_DENIED", "1600, ALIAS_NOT_FOUND",
            "1601, NAME_IS_A_COLLECTION", "1602, ALIAS_EXISTS"})
    void theCodeComesFirst(int code, Kind kind) {
        int legacy = io.milvus.grpc.ErrorCode.IndexNotExist_VALUE;

        assertThat(kind(code, legacy, "cluster is not primary")).isEqualTo(kind);
    }

    /** Where a server gives no other code, as 2.6.20 of a missing collection, the SDK repeats the old one as the new one. */
    @ParameterizedTest
    @CsvSource({"PermissionDenied, PERMISSION_DENIED", "CollectionNotExists, COLLECTION_NOT_FOUND",
            "IllegalArgument, INVALID_REQUEST", "IllegalCollectionName, INVALID_REQUEST", "IndexNotExist, NO_INDEX",
            "InsufficientMemoryToLoad, NOT_LOADED", "RateLimit, RATE_LIMITED", "TimeTickLongDelay, RATE_LIMITED",
            "ForceDeny, QUOTA_EXCEEDED", "MemoryQuotaExhausted, QUOTA_EXCEEDED", "DiskQuotaExhausted, QUOTA_EXCEEDED"})
    void theOldCodeComesSecond(io.milvus.grpc.ErrorCode legacy, Kind kind) {
        String words = "cluster is not primary";

        assertThat(kind(legacy.getNumber(), legacy.getNumber(), words)).as("the old code alone").isEqualTo(kind);
        assertThat(kind(65535, legacy.getNumber(), words)).as("beside one that says nothing").isEqualTo(kind);
    }

    /** The same number means another thing in the new codes. */
    @Test
    void anOldCodeIsNotTakenForANewOne() {
        assertThat(kind(3, 3, "denied")).isEqualTo(Kind.PERMISSION_DENIED);
        assertThat(kind(3, 1, "insufficient memory")).isEqualTo(Kind.NOT_LOADED);
        assertThat(kind(8, 8, "an index of a type that there is not")).isEqualTo(Kind.SERVER_ERROR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cluster is not primary, collection write is forbidden              | NOT_PRIMARY
            only support alter collection properties, but ... is empty         | UNSUPPORTED
            etcdserver: too many operations in txn request                     | DROP_IMPOSSIBLE
            nodes not enough                                                   | TOO_FEW_NODES
            PrivilegeDropAlias: permission deny to app                         | PERMISSION_DENIED
            Permission denied                                                  | PERMISSION_DENIED
            alias 'a' conflicts with an existing collection                    | NAME_IS_A_COLLECTION
            a is alias to another collection: v1: already exists               | ALIAS_EXISTS
            Alias 'a' already exists                                           | ALIAS_EXISTS
            database 'nodb' does not exist                                     | DATABASE_NOT_FOUND
            database:nodb not found                                            | DATABASE_NOT_FOUND
            collection c already exists                                        | SERVER_ERROR
            the node has gone away                                             | SERVER_ERROR
            """)
    void theWordsComeLast(String words, Kind kind) {
        assertThat(kind(65535, io.milvus.grpc.ErrorCode.UnexpectedError_VALUE, words)).isEqualTo(kind);
        assertThat(kind(1, 1, words)).as("without a code of its own").isEqualTo(kind);
        assertThat(kind(2147483647, -1, words)).as("with codes that nobody knows").isEqualTo(kind);
    }

    @Test
    void oneCodeMeansTwoThings() {
        int legacy = io.milvus.grpc.ErrorCode.CollectionNotExists_VALUE;

        assertThat(kind(100, legacy, "collection not found[collection=v1]")).isEqualTo(Kind.COLLECTION_NOT_FOUND);
        assertThat(kind(100, legacy, "Alias not found[alias=a]")).isEqualTo(Kind.ALIAS_NOT_FOUND);
        assertThat(kind(legacy, legacy, "alias a does not exist")).isEqualTo(Kind.ALIAS_NOT_FOUND);
        assertThat(kind(9, 1, "quota exceeded[reason=time tick long delay]")).isEqualTo(Kind.RATE_LIMITED);
        assertThat(kind(1401, 3, "privilege not permitted")).isEqualTo(Kind.PERMISSION_DENIED);
        assertThat(kind(1401, 3, "unauthenticated")).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void aDenialSaysInWhichDatabase() {
        MilvusException denied = new MilvusException(Kind.PERMISSION_DENIED, "permission deny to app", null);

        assertThat(MilvusErrors.inDatabase("team", denied)).hasMessage("permission deny to app in the `team` database")
                .returns(Kind.PERMISSION_DENIED, MilvusException::kind);
        MilvusException inDefault = MilvusErrors.inDatabase("", denied);
        assertThat(inDefault).hasMessage("permission deny to app in the `default` database");
        assertThat(MilvusErrors.inDatabase("", inDefault)).as("where the server said so").isSameAs(inDefault);
        MilvusException other = new MilvusException(Kind.SERVER_ERROR, "an error", null);
        assertThat(MilvusErrors.inDatabase("team", other)).isSameAs(other);
    }

    @Test
    void aServerThatSaysNothingFailedAllTheSame() {
        MilvusException failure = translate(
                new MilvusClientException(ErrorCode.SERVER_ERROR, (String) null, 65535, 1));

        assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
    }

    @Test
    void whatTheSdkCannotReadIsSaidWithoutItsWords() {
        MilvusException failure = translate(
                new MilvusClientException(ErrorCode.CLIENT_ERROR, new IllegalArgumentException("No enum constant")));

        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure).hasMessage("describeAlias a: the server's answer could not be read");
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHENTICATED, UNAUTHENTICATED", "PERMISSION_DENIED, PERMISSION_DENIED",
            "UNIMPLEMENTED, UNSUPPORTED", "DEADLINE_EXCEEDED, UNAVAILABLE", "UNAVAILABLE, UNAVAILABLE",
            "CANCELLED, UNAVAILABLE", "RESOURCE_EXHAUSTED, RATE_LIMITED", "INTERNAL, SERVER_ERROR",
            "UNKNOWN, SERVER_ERROR"})
    void aCallThatTheServerDidNotAnswerIsToldByItsStatus(Status.Code status, Kind kind) {
        RuntimeException rpc = Status.fromCode(status).withDescription("words").asRuntimeException();

        assertThat(translate(new MilvusClientException(ErrorCode.RPC_ERROR, rpc)).kind()).isEqualTo(kind);
    }

    /** So gRPC tells of a connection that ended between two steps of a call (grpc-java#10120). */
    @Test
    void aConnectionThatEndedUnderACallIsNoAnswerOfTheServer() {
        RuntimeException rpc = Status.UNKNOWN.withDescription("channel closed")
                .withCause(new ClosedChannelException()).asRuntimeException();

        assertThat(translate(new MilvusClientException(ErrorCode.RPC_ERROR, rpc)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    private static Kind kind(int code, int legacy, String words) {
        return translate(new MilvusClientException(ErrorCode.SERVER_ERROR, words, code, legacy)).kind();
    }

    private static MilvusException translate(Throwable failure) {
        return MilvusErrors.translate("describeAlias a", failure, CREDENTIALS);
    }
}
