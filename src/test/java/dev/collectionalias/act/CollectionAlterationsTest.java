package dev.collectionalias.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Predicate;

import dev.collectionalias.act.CollectionAlterations.Change;
import dev.collectionalias.act.CollectionAlterations.Collection;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.support.ShiftedClock;
import org.junit.jupiter.api.Test;

/** There are never two changes of one collection in a row, and one serves all that wait for it. */
class CollectionAlterationsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Collection PRODUCTS = new Collection("milvus:19530", "default", "products_v2");
    private static final Predicate<Instant> NEVER_ENOUGH = began -> false;

    private final ShiftedClock clock = new ShiftedClock(Clock.fixed(NOON, ZoneOffset.UTC));
    private final CollectionAlterations alterations = new CollectionAlterations(clock);
    private int made;

    private Change make() {
        made++;
        return Change.MADE;
    }

    @Test
    void theSecondWaitsForFiveSecondsFromTheEndOfTheFirst() {
        alterations.inTurn(PRODUCTS, NEVER_ENOUGH, () -> {
            clock.putForward(Duration.ofSeconds(7));
            return make();
        });
        clock.putForward(Duration.ofSeconds(2));

        assertThat(alterations.inTurn(PRODUCTS, NEVER_ENOUGH, this::make))
                .isEqualTo(new Outcome.NotYet(Duration.ofSeconds(3)));
        clock.putForward(Duration.ofSeconds(3));
        assertThat(alterations.inTurn(PRODUCTS, NEVER_ENOUGH, this::make)).isInstanceOf(Outcome.Done.class);
        assertThat(made).isEqualTo(2);
    }

    @Test
    void oneThatBeganLateEnoughServesAsWell() {
        alterations.inTurn(PRODUCTS, NEVER_ENOUGH, this::make);

        assertThat(alterations.inTurn(PRODUCTS, began -> !began.isBefore(NOON), this::make))
                .isInstanceOf(Outcome.Done.class);
        assertThat(alterations.inTurn(PRODUCTS, began -> began.isAfter(NOON), this::make))
                .isInstanceOf(Outcome.NotYet.class);
        assertThat(made).isEqualTo(1);
    }

    @Test
    void oneWhoseAnswerWasLostMayHaveBeenMadeAndServesNobody() {
        assertThatThrownBy(() -> alterations.inTurn(PRODUCTS, NEVER_ENOUGH, () -> {
            throw new MilvusException(Kind.UNAVAILABLE, "no answer in the time given", null);
        })).isInstanceOf(MilvusException.class);

        assertThat(alterations.inTurn(PRODUCTS, began -> true, this::make)).isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void oneThatWasRefusedOrNotNeededHoldsNobodyUp() {
        alterations.inTurn(PRODUCTS, NEVER_ENOUGH, () -> Change.NOT_NEEDED);
        assertThatThrownBy(() -> alterations.inTurn(PRODUCTS, NEVER_ENOUGH, () -> {
            throw new MilvusException(Kind.PERMISSION_DENIED, "permission deny", null);
        })).isInstanceOf(MilvusException.class);

        assertThat(alterations.inTurn(PRODUCTS, NEVER_ENOUGH, this::make)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void nobodyWaitsForOneThatTheServerDoesNotAnswer() {
        Outcome[] meanwhile = new Outcome[1];
        alterations.inTurn(PRODUCTS, NEVER_ENOUGH, () -> {
            Thread other = Thread.startVirtualThread(
                    () -> meanwhile[0] = alterations.inTurn(PRODUCTS, NEVER_ENOUGH, this::make));
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return make();
        });

        assertThat(meanwhile[0]).isInstanceOf(Outcome.NotYet.class);
        assertThat(made).isEqualTo(1);
    }

    @Test
    void otherCollectionsHaveTurnsOfTheirOwn() {
        alterations.inTurn(PRODUCTS, NEVER_ENOUGH, this::make);

        assertThat(alterations.inTurn(new Collection("milvus:19530", "team", "products_v2"), NEVER_ENOUGH, this::make))
                .isInstanceOf(Outcome.Done.class);
    }
}
