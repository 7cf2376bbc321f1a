package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private static final String OURS = """
            spec: {collection: green}
            status:
              observedGeneration: 2
              active: {collection: %s}
              conditions:
              - {type: InSync, status: 'True', observedGeneration: 2}
              - {type: Ready, status: '%s', observedGeneration: %d}
            """;
    private static final String PEER = """
            spec: {collection: green}
            status:
              observedGeneration: %d
              conditions: [{type: Ready, status: 'True'}]
            """;

    private final Sightings sightings = new Sightings();

    private void see(String yaml) {
        GenericKubernetesResource object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        object.setMetadata(new ObjectMetaBuilder().withName("a").withGeneration(2L)
                .withResourceVersion("7").build());
        sightings.eventReceived(Action.MODIFIED, object);
    }

    private void over() {
        sightings.onClose(new WatcherException("over"));
    }

    @Test
    void readyCountsAtTheGenerationThatItIsSaidOf() {
        see(OURS.formatted("green", "True", 1));
        assertThat(sightings.ready("a", 1)).isPositive();

        assertNeverReadyAt(2);
    }

    @Test
    void notReadyIsNotReady() {
        see(OURS.formatted("green", "False", 2));

        assertNeverReadyAt(2);
    }

    @Test
    void theFirstSightCounts() {
        see(OURS.formatted("green", "True", 2));
        long first = sightings.ready("a", 2);
        see(OURS.formatted("green", "True", 2));

        assertThat(sightings.ready("a", 2)).isEqualTo(first);
        assertThat(sightings.active("a", "green")).isEqualTo(first);
    }

    @Test
    void anAliasIsActiveBeforeItIsReady() {
        see(OURS.formatted("green", "False", 2));

        assertThat(sightings.active("a", "green")).isPositive();
    }

    @Test
    void whoseStatusNamesNoCollectionIsActiveWhenReadyAtTheNewestGeneration() {
        see(PEER.formatted(2));

        assertThat(sightings.active("a", "green")).isEqualTo(sightings.ready("a", 2));
    }

    @Test
    void aPeerThatIsReadyAtAnOlderGenerationIsNotActiveYet() {
        see(PEER.formatted(1));
        over();

        assertThat(sightings.ready("a", 1)).isPositive();
        assertThatThrownBy(() -> sightings.active("a", "green")).hasMessage("the watch ended");
    }

    private void assertNeverReadyAt(long generation) {
        over();
        assertThatThrownBy(() -> sightings.ready("a", generation)).hasMessage("the watch ended");
    }
}
