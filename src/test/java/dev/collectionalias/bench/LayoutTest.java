package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private final Layout layout = new Layout(List.of("one", "two"), 6);

    @Test
    void everyCollectionGetsAsMany() {
        assertThat(IntStream.range(0, 60).mapToObj(layout::place)
                .collect(Collectors.groupingBy(place -> place, Collectors.counting()))).hasSize(6)
                .allSatisfy((place, aliases) -> assertThat(aliases).isEqualTo(10));
    }

    @Test
    void anAliasCanBeMovedToAnotherCollectionOfItsDatabase() {
        assertThat(IntStream.range(0, 60)).allSatisfy(object -> {
            assertThat(layout.besides(object)).isNotEqualTo(layout.place(object));
            assertThat(layout.besides(object).database()).isEqualTo(layout.place(object).database());
        });
    }

    @Test
    void itsCollectionsAreWhereItSays() {
        InProcessMilvus milvus = new InProcessMilvus();

        layout.furnish(milvus);

        assertThat(IntStream.range(0, 6).mapToObj(layout::place)).allSatisfy(place -> assertThat(
                milvus.state().collection(place.database(), place.collection()).name()).isEqualTo(place.collection()));
    }
}
