package dev.collectionalias.milvus;

import static dev.collectionalias.plan.seen.SwitchRemedy.EXPIRE_CACHES;
import static dev.collectionalias.plan.seen.SwitchRemedy.SEND_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** What a server needs while it is upgraded: what any of its proxies needs that it may still have. */
class SeenVersionsTest {

    private static final ServerVersion OLD = ServerVersion.parse("2.4.9");
    private static final ServerVersion NEW = ServerVersion.parse("2.6.23");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** The clock of a machine may begin anywhere, and run over the greatest number there is. */
    private long now = Long.MAX_VALUE - TEN_MINUTES.toNanos() / 2;
    private final SeenVersions versions = new SeenVersions(() -> now);

    @Test
    void oneVersionIsTakenAtItsWord() {
        versions.saw(NEW);

        assertNeedsNothing();
    }

    @Test
    void nothingSeenIsNotTrusted() {
        assertThat(versions.areClear()).isFalse();
        assertThat(versions.dropDestroysNeighbours()).isTrue();
        assertThat(versions.remedies()).containsExactly(SEND_AGAIN, EXPIRE_CACHES);
    }

    @Test
    void oneThatCannotBeReadIsNotTrusted() {
        versions.saw(ServerVersion.parse("nightly"));

        assertThat(versions.areClear()).isFalse();
        assertThat(versions.dropDestroysNeighbours()).isTrue();
        assertThat(versions.remedies()).containsExactly(SEND_AGAIN, EXPIRE_CACHES);
    }

    /** The versions between are there, too, for all that one knows. */
    @Test
    void twoWithinTenMinutesNeedWhatAnyServerNeeds() {
        versions.saw(OLD);
        pass(TEN_MINUTES.dividedBy(2));
        versions.saw(NEW);

        assertThat(versions.areClear()).isFalse();
        assertThat(versions.dropDestroysNeighbours()).isTrue();
        assertThat(versions.remedies()).containsExactly(SEND_AGAIN, EXPIRE_CACHES);
    }

    @Test
    void twoOfOneKindNeedWhatThatKindNeeds() {
        versions.saw(ServerVersion.parse("2.6.20"));
        versions.saw(ServerVersion.parse("2.6.22"));

        assertThat(versions.areClear()).isTrue();
        assertThat(versions.remedies()).containsExactly(EXPIRE_CACHES);
    }

    @Test
    void twoOfWhichNoneDestroysNeighboursDestroyNone() {
        versions.saw(ServerVersion.parse("2.6.5"));
        versions.saw(NEW);

        assertThat(versions.dropDestroysNeighbours()).isFalse();
        assertThat(versions.remedies()).containsExactly(SEND_AGAIN, EXPIRE_CACHES);
    }

    @Test
    void afterTenMinutesOnlyTheNewOneCounts() {
        versions.saw(OLD);
        pass(TEN_MINUTES);
        versions.saw(NEW);
        assertThat(versions.areClear()).as("after exactly ten minutes").isFalse();

        pass(Duration.ofNanos(1));

        assertNeedsNothing();
    }

    @Test
    void theTenMinutesBeginWithTheLastTime() {
        versions.saw(OLD);
        versions.saw(NEW);
        pass(TEN_MINUTES);
        versions.saw(OLD);
        pass(Duration.ofMinutes(1));

        assertThat(versions.areClear()).isTrue();
        assertThat(versions.remedies()).containsExactly(SEND_AGAIN);
    }

    /** A server that has not answered for so long may have become another one. */
    @Test
    void oneThatWasSeenTooLongAgoIsNotTrusted() {
        versions.saw(NEW);
        pass(TEN_MINUTES.plusNanos(1));

        assertThat(versions.areClear()).isFalse();
        assertThat(versions.remedies()).containsExactly(SEND_AGAIN, EXPIRE_CACHES);
    }

    private void assertNeedsNothing() {
        assertThat(versions.areClear()).isTrue();
        assertThat(versions.dropDestroysNeighbours()).isFalse();
        assertThat(versions.remedies()).isEmpty();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
