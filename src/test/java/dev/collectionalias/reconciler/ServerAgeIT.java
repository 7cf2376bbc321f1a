package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.Test;

/** A connection says what the operator does differently because of the server's age. */
class ServerAgeIT extends AliasStage {

    private static final String SWITCHES = "each switch is sent three times";
    private static final String MARKS = "each switch is confirmed by a property of its collection";
    private static final String DROPS = "after each drop the aliases whose names begin alike are stored again";

    @Test
    void oldServer() {
        assertThat(said("v2.3.5")).contains(SWITCHES, DROPS);
    }

    @Test
    void serverThatDropsAsItShould() {
        assertThat(said("v2.5.0")).contains(SWITCHES).doesNotContain(DROPS);
    }

    @Test
    void serverThatNeedsNothing() {
        assertThat(said("v2.6.23")).doesNotContain(SWITCHES, DROPS, MARKS);
    }

    private String said(String version) {
        try (InProcessMilvus other = new InProcessMilvus(version)) {
            other.start();
            objects.connection("other", "{uri: '%s'}".formatted(other.uri()));
            objects.awaitConnectionReason("other", Reason.Connected);
            return objects.connection("other").require().getStatus().conditions().stream()
                    .filter(condition -> condition.type().equals(ConditionType.Ready.name())).map(Condition::message)
                    .findFirst().orElseThrow();
        }
    }
}
