package dev.collectionalias.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

/** A pass knows what the one before it wrote, whatever the cache still says. */
class OwnWritesTest {

    private final OwnWrites<CollectionAlias> ownWrites = new OwnWrites<>();

    private static CollectionAlias version(String uid, String resourceVersion) {
        CollectionAlias alias = new CollectionAlias();
        alias.setMetadata(new ObjectMetaBuilder().withUid(uid).withResourceVersion(resourceVersion).build());
        return alias;
    }

    @Test
    void whatWasWrittenWinsUntilTheCacheHasIt() {
        CollectionAlias written = version("a", "10");
        ownWrites.remember(written);

        assertThat(ownWrites.newest(version("a", "9"))).isSameAs(written);

        CollectionAlias newer = version("a", "11");
        assertThat(ownWrites.newest(newer)).isSameAs(newer);
        CollectionAlias older = version("a", "9");
        assertThat(ownWrites.newest(older)).as("forgotten by now").isSameAs(older);
    }

    @Test
    void anObjectMadeAnewIsAnother() {
        ownWrites.remember(version("a", "10"));
        CollectionAlias madeAnew = version("b", "9");

        assertThat(ownWrites.newest(madeAnew)).isSameAs(madeAnew);
    }
}
