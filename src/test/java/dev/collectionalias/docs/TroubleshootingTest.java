package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reason is on the page once: in a section of its name if somebody has to act upon it, else in a row of a table. */
class TroubleshootingTest {

    private static final Path FILE = Path.of("docs/troubleshooting.md");
    private static final Page PAGE = Page.read(FILE);

    @Test
    void everyReasonToActUponHasOneSection() {
        List<String> reasons = Stream.of(Reason.values()).map(Reason::name).toList();

        assertThat(PAGE.headings()).filteredOn(reasons::contains).containsExactlyInAnyOrderElementsOf(toActUpon()
                .map(Reason::name).toList());
    }

    @ParameterizedTest
    @MethodSource("toActUpon")
    void aSectionSaysWhatItMeansAndWhatToDo(Reason reason) throws IOException {
        String section = Files.readString(FILE).split("\n### " + reason + "\n")[1].split("\n##")[0];

        assertThat(Sentence.ofMarkdown(section)).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void everyOtherReasonHasOneRow(Reason reason) throws IOException {
        assertThat(TableRow.of(FILE, reason.name())).hasSize(asksForSomebody(reason) ? 0 : 1)
                .allSatisfy(row -> assertThat(row).matches("\\|.+\\| .+ \\|"));
    }

    private static Stream<Reason> toActUpon() {
        return Stream.of(Reason.values()).filter(TroubleshootingTest::asksForSomebody);
    }

    private static boolean asksForSomebody(Reason reason) {
        return switch (reason) {
            case InSync, AliasCreated, AliasAdopted, Switched, HandedOver, Retired, Connected, Verifying -> false;
            case DriftCorrected, Suspended, RequestIgnored, GatesPending, AwaitingPromotion, CollectionNotFound,
                    DatabaseNotFound, CollectionNotLoaded, Deleting, ConnectionFailed, MilvusNotReady, RateLimited,
                    ServerError, GatesFailed, ProgressDeadlineExceeded, VerifyFailed, RolledBack, Aborted, Drifted,
                    Conflict, AliasExistsElsewhere, NameIsACollection, OwnershipContested, ConnectionNotFound,
                    ConnectionNotAllowed, SecretInvalid, AuthenticationFailed, PermissionDenied, TLSFailed,
                    ProxyFailed, UnsupportedServer, InvalidSpec, InternalError, NotPrimary, Unconfirmed, StaleAnswers,
                    QuotaExceeded, DropFailed ->
                true;
        };
    }
}
