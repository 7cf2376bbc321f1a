package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;
import org.junit.jupiter.api.Test;

/** Who has to act upon a reason finds a section of its name. */
class TroubleshootingTest {

    private static final Page PAGE = Page.read(Path.of("docs/troubleshooting.md"));

    @Test
    void everyReasonToActUponHasOneSection() {
        List<String> reasons = Stream.of(Reason.values()).map(Reason::name).toList();

        assertThat(PAGE.headings()).filteredOn(reasons::contains).containsExactlyInAnyOrderElementsOf(Stream
                .of(Reason.values()).filter(TroubleshootingTest::asksForSomebody).map(Reason::name).toList());
    }

    private static boolean asksForSomebody(Reason reason) {
        return switch (reason) {
            case InSync, AliasCreated, AliasAdopted, Switched, HandedOver, Retired, Connected, Verifying -> false;
            case DriftCorrected, Suspended, RequestIgnored, GatesPending, AwaitingPromotion, CollectionNotFound,
                    DatabaseNotFound, CollectionNotLoaded, Deleting, ConnectionFailed, MilvusNotReady, RateLimited,
                    ServerError, GatesFailed, ProgressDeadlineExceeded, VerifyFailed, RolledBack, Aborted, Drifted,
                    Conflict, AliasExistsElsewhere, NameIsACollection, OwnershipContested, ConnectionNotFound,
                    ConnectionNotAllowed, SecretInvalid, AuthenticationFailed, PermissionDenied, TLSFailed,
                    ProxyFailed, UnsupportedServer, InvalidSpec, InternalError, NotPrimary, Unconfirmed, QuotaExceeded,
                    DropFailed ->
                true;
        };
    }
}
