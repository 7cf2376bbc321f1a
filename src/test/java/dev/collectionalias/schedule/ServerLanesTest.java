package dev.collectionalias.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.plan.ObjectName;
import org.junit.jupiter.api.Test;

/** So many aliases of a server are under way, and each of the others has its turn. */
class ServerLanesTest {

    private static final Optional<Endpoint> BUSY = Endpoint.find("http://busy:19530");
    private static final Optional<Endpoint> OTHER = Endpoint.find("http://other:19530");

    private final List<ObjectName> woken = new ArrayList<>();
    private final ServerLanes lanes = new ServerLanes(2, woken::add);

    @Test
    void wakesThoseWhoWaitInTheirOrderAsOthersLeave() {
        ServerLanes.Entry one = lanes.enter(BUSY, alias("one")).orElseThrow();
        ServerLanes.Entry two = lanes.enter(BUSY, alias("two")).orElseThrow();
        assertThat(lanes.enter(BUSY, alias("three"))).isEmpty();
        assertThat(lanes.enter(BUSY, alias("four"))).isEmpty();
        one.close();
        assertThat(woken).containsExactly(alias("three"));
        assertThat(lanes.enter(BUSY, alias("three"))).isPresent();
        two.close();
        assertThat(woken).containsExactly(alias("three"), alias("four"));
    }

    @Test
    void aBusyServerDoesNotHoldUpAnother() {
        assertThat(lanes.enter(BUSY, alias("one"))).isPresent();
        assertThat(lanes.enter(BUSY, alias("two"))).isPresent();
        assertThat(lanes.enter(BUSY, alias("three"))).isEmpty();
        assertThat(lanes.enter(OTHER, alias("four"))).isPresent();
        assertThat(lanes.enter(Optional.empty(), alias("five"))).isPresent();
    }

    @Test
    void whoIsGoneWhenItIsWokenTakesNobodysTurn() {
        ServerLanes.Entry one = lanes.enter(BUSY, alias("one")).orElseThrow();
        ServerLanes.Entry two = lanes.enter(BUSY, alias("two")).orElseThrow();
        assertThat(lanes.enter(BUSY, alias("gone"))).isEmpty();
        assertThat(lanes.enter(BUSY, alias("three"))).isEmpty();
        assertThat(lanes.enter(BUSY, alias("four"))).isEmpty();
        one.close();
        two.close();
        assertThat(woken).containsExactly(alias("gone"), alias("three"), alias("four"));
    }

    @Test
    void whoWaitsTwiceIsWokenOnce() {
        ServerLanes.Entry one = lanes.enter(BUSY, alias("one")).orElseThrow();
        assertThat(lanes.enter(BUSY, alias("two"))).isPresent();
        assertThat(lanes.enter(BUSY, alias("three"))).isEmpty();
        assertThat(lanes.enter(BUSY, alias("three"))).isEmpty();
        one.close();
        assertThat(woken).containsExactly(alias("three"));
    }

    private static ObjectName alias(String name) {
        return new ObjectName("shop", name);
    }
}
