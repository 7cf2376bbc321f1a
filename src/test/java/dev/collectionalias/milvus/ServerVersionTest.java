package dev.collectionalias.milvus;

import static dev.collectionalias.plan.seen.SwitchRemedy.EXPIRE_CACHES;
import static dev.collectionalias.plan.seen.SwitchRemedy.SEND_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.milvus.ServerVersion.Lite;
import dev.collectionalias.milvus.ServerVersion.Release;
import dev.collectionalias.milvus.ServerVersion.Unclear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the text that a server tells of its version, and what follows at the versions where something changes. */
class ServerVersionTest {

    @ParameterizedTest
    @CsvSource({"v2.3.5, 2.3.5", "2.3.5, 2.3.5", "v2.3.5-lite, 2.3.5", "v2.5.27-gpu, 2.5.27", "2.6.23, 2.6.23",
            "' v2.6.6\n', 2.6.6", "v3.0.0, 3.0.0", "v10.11.123456, 10.11.123456"})
    void aReleaseIsReadWhateverItWasBuiltFor(String told, String release) {
        assertThat(ServerVersion.parse(told)).isInstanceOf(Release.class).hasToString(release);
    }

    @ParameterizedTest
    @ValueSource(strings = {"milvus_lite-3.2.2", "milvus_lite"})
    void milvusLiteNeedsNothing(String told) {
        ServerVersion version = ServerVersion.parse(told);

        assertThat(version).isEqualTo(new Lite());
        assertThat(version.isSupported()).isTrue();
        assertThat(version.dropDestroysNeighbours()).isFalse();
        assertThat(version.remedies()).isEmpty();
    }

    /** A build before a release may lack what the release has, and one made after it may be of an older branch. */
    @ParameterizedTest
    @ValueSource(strings = {"3.0-beta", "3.0.0-beta", "v2.6.23-rc1", "2.6-20260801-abc", "master-20260801-1a2b3c4",
            "nightly", "v2.6.5-hotfix", "2.6.23-hotfix-51533", "v2.6.23-dev", "2.6.23-gpu-hotfix", "2.6.23.1", "2.6",
            "2.6.1234567", "v", "vv2.6.23", "Milvus 2.6.23", "2.6.23 milvus_lite", "", "unknown"})
    void whatMayNotBeAReleaseIsGivenEverythingThatAnyServerNeeds(String told) {
        ServerVersion version = ServerVersion.parse(told);

        assertThat(version).isEqualTo(new Unclear());
        assertThat(version.isSupported()).isTrue();
        assertThat(version.dropDestroysNeighbours()).isTrue();
        assertThat(version.remedies()).containsExactly(SEND_AGAIN, EXPIRE_CACHES);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0, false", "1.99.99, false", "2.2.16, false", "2.3.4, false", "2.3.5, true", "2.3.10, true",
            "2.4.0, true", "3.0.0, true"})
    void aliasesCanBeDescribedSince235(String release, boolean supported) {
        assertThat(ServerVersion.parse(release).isSupported()).isEqualTo(supported);
    }

    @ParameterizedTest
    @CsvSource({"2.3.5, true", "2.4.9, true", "2.4.99, true", "2.5.0, false", "2.6.0, false", "3.0.0, false"})
    void aDropKeepsNeighboursSince250(String release, boolean destroys) {
        assertThat(ServerVersion.parse(release).dropDestroysNeighbours()).isEqualTo(destroys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3.5", "v2.3.5-lite", "2.4.99", "2.5.27", "2.6.0", "2.6.5"})
    void aSwitchIsSentAgainBefore266(String release) {
        assertThat(ServerVersion.parse(release).remedies()).containsExactly(SEND_AGAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6.6", "2.6.9", "2.6.22", "v2.6.22-gpu"})
    void cachesAreExpiredFrom266To2622(String release) {
        assertThat(ServerVersion.parse(release).remedies()).containsExactly(EXPIRE_CACHES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6.23", "2.6.100", "2.7.0", "3.0.0"})
    void aSwitchNeedsNothingSince2623(String release) {
        assertThat(ServerVersion.parse(release).remedies()).isEmpty();
    }

    @Test
    void releasesAreOrderedByTheirNumbers() {
        assertThat(new Release(2, 6, 10)).isGreaterThan(new Release(2, 6, 9));
        assertThat(new Release(2, 10, 0)).isGreaterThan(new Release(2, 9, 99));
        assertThat(new Release(10, 0, 0)).isGreaterThan(new Release(9, 99, 99));
    }
}
