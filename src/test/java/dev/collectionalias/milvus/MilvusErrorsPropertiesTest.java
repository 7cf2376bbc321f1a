package dev.collectionalias.milvus;

import static dev.collectionalias.support.Sentences.assertAllSentences;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.observe.MilvusProblems;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.reconciler.ConnectionReport;
import dev.collectionalias.reconciler.ConnectionReporter;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a server answers, users read one sentence without the credentials in it, even if the server repeats them. */
class MilvusErrorsPropertiesTest {

    /** How a server may repeat what it was sent. */
    private record Echo(String text, UnaryOperator<String> of) {
        @Override
        public String toString() {
            return text;
        }
    }

    @Property
    void anyFailureBecomesOneSentenceWithoutTheCredentials(@ForAll("passwords") String password,
            @ForAll("texts") List<Object> parts, @ForAll("failures") Failure failure) {
        Credentials credentials = Credentials.usernamePassword("app", password);

        assertNothingShown(credentials, password, failure.of(text(parts, credentials, password)));
    }

    /** A server's answer may be as long as gRPC takes. */
    @Property(tries = 20)
    void aVeryLongAnswerToo(@ForAll("passwords") String password, @ForAll("texts") List<Object> parts,
            @ForAll("failures") Failure failure) {
        Credentials credentials = Credentials.usernamePassword("app", password);
        String once = text(parts, credentials, password) + " and ";

        assertNothingShown(credentials, password, failure.of(once.repeat(1_000_000 / once.length())));
    }

    @Property
    void anyVersionIsOneSentenceWithoutTheCredentials(@ForAll("passwords") String password,
            @ForAll("texts") List<Object> parts) {
        Credentials credentials = Credentials.usernamePassword("app", password);
        String version = text(parts, credentials, password);

        assertThat(ServerVersion.parse(version)).isNotNull();
        assertThat(MilvusErrors.tidy(version, credentials)).hasSizeLessThanOrEqualTo(300)
                .doesNotContain(password, base64(password)).doesNotContainPattern("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");
    }

    private static void assertNothingShown(Credentials credentials, String password, Throwable failure) {
        MilvusException translated = MilvusErrors.translate("describeAlias products", failure, credentials);
        for (Problem problem : List.of(MilvusProblems.of(translated), MilvusProblems.ofDrop(translated))) {
            ConnectionReport report = ConnectionReporter.report(1, MilvusConnectionStatus.EMPTY,
                    new Failed(problem.reason(), problem.message(), Loss.NONE), List.of(), Instant.EPOCH, 0);
            assertAllSentences(report.status().conditions(), report.announcements());
            assertThat(report.toString()).doesNotContain(password, base64(password), base64(credentials.token()));
        }
    }

    private static String text(List<Object> parts, Credentials credentials, String password) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part instanceof Echo echo
                ? echo.of().apply(echo.text().equals("password") ? password : credentials.token())
                : part));
        return text.toString();
    }

    /** What a call ends with, if the server says this. */
    interface Failure {
        Throwable of(String text);
    }

    @Provide
    Arbitrary<Failure> failures() {
        Arbitrary<Integer> codes = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 3, 8, 49, 100, 101, 103, 700, 800, 1100, 1101, 1400, 1401, 1402, 1600, 1601, 1602),
                Arbitraries.integers());
        Arbitrary<Failure> fromServer = Combinators.combine(codes, codes)
                .as((code, legacy) -> text -> new MilvusClientException(ErrorCode.SERVER_ERROR, text, code, legacy));
        Arbitrary<Failure> fromSdk = Arbitraries.of(ErrorCode.class)
                .map(code -> text -> new MilvusClientException(code, text));
        Arbitrary<Failure> rpc = Arbitraries.of(Status.Code.class)
                .map(code -> text -> new StatusRuntimeException(Status.fromCode(code).withDescription(text)));
        Arbitrary<Failure> wrapped = Combinators.combine(rpc, Arbitraries.of(ErrorCode.class))
                .as((cause, code) -> text -> new MilvusClientException(code, cause.of(text)));
        Arbitrary<Failure> connecting = Arbitraries.of("Failed to initialize connection. Error: ", "")
                .map(words -> text -> new RuntimeException(words + text));
        Arbitrary<Failure> silent = Arbitraries.of(text -> new RuntimeException(), text -> new RuntimeException(
                (String) null), text -> new Error(text));
        return Arbitraries.oneOf(fromServer, fromSdk, rpc, wrapped, connecting, silent);
    }

    @Provide
    Arbitrary<String> passwords() {
        // What stands for a secret that was taken out must not look like one.
        return Arbitraries.of('!', ' ', '\u00a1').flatMap(first -> Arbitraries.strings().withCharRange(first,
                (char) (first + 93)).excludeChars('*').ofMinLength(8).ofMaxLength(80))
                .filter(password -> password.strip().length() >= 8);
    }

    @Provide
    Arbitrary<List<Object>> texts() {
        Arbitrary<Object> words = Arbitraries.of("alias", "already exist", "permission deny", "database not found",
                "too many operations in txn", "conflicts with an existing collection", "memory", ": ", "\n", "\r\n\t",
                "\u0000", "\u001b[31m", "\u2028", "\u0085", "\u202e", "\ud83d\ude00", "%s", "***");
        Arbitrary<Object> anything = Arbitraries.strings().all().ofMaxLength(200).map(text -> text);
        Arbitrary<Object> echoes = Combinators.combine(Arbitraries.of("token", "password"),
                Arbitraries.<UnaryOperator<String>>of(text -> text, MilvusErrorsPropertiesTest::base64)).as(Echo::new);
        return Arbitraries.oneOf(words, anything, echoes).list().ofMaxSize(30);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
