package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection says what the operator does differently because of the server's age. */
@ExtendWith(ControlPlaneExtension.class)
class ServerAgeIT {

    private static final String SWITCHES = "each switch is sent three times";
    private static final String MARKS = "each switch is confirmed by a property of its collection";
    private static final String DROPS = "after each drop the aliases whose names begin alike are stored again";

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

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
        try (InProcessMilvus milvus = new InProcessMilvus(version)) {
            milvus.start();
            operator.objects().connection("other", "{uri: '%s'}".formatted(milvus.uri()));
            operator.objects().awaitConnectionReason("other", Reason.Connected);
            return operator.objects().connection("other").require().getStatus().conditions().stream()
                    .filter(condition -> condition.type().equals(ConditionType.Ready.name())).map(Condition::message)
                    .findFirst().orElseThrow();
        }
    }
}
