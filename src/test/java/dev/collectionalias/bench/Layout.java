package dev.collectionalias.bench;

import java.util.List;

import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusState;

/** Which collection of which database each of many aliases points at: all get as many, but for one. */
record Layout(List<String> databases, int collections) {

    /** Where an alias points. */
    record Place(String database, String collection) {}

    Place place(int object) {
        return collection(object % collections);
    }

    /** Another collection of the same database. */
    Place besides(int object) {
        return collection((object + databases.size()) % collections);
    }

    private Place collection(int number) {
        return new Place(databases.get(number % databases.size()), "scale_%04d".formatted(number));
    }

    void furnish(InProcessMilvus milvus) {
        try (MilvusCollections made = MilvusCollections.of(milvus)) {
            databases.stream().filter(name -> !name.equals(MilvusState.DEFAULT_DATABASE)).forEach(made::createDatabase);
            for (int number = 0; number < collections; number++) {
                Place place = collection(number);
                made.create(place.database(), place.collection(), CollectionShape.PLAIN, 10);
                made.load(place.database(), place.collection());
            }
        }
    }
}
