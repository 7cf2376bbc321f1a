package dev.collectionalias;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;

import dev.collectionalias.support.PrivilegesDocument;
import org.junit.jupiter.api.Test;

/** Holds the documented privileges against those that are tested. A stale document is written anew, to be committed. */
class MilvusPrivilegesTest {

    @Test
    void committedDocumentIsCurrent() throws IOException {
        String committed = PrivilegesDocument.text();
        String fresh = PrivilegesDocument.fresh();
        if (!committed.equals(fresh)) {
            Files.writeString(PrivilegesDocument.FILE, fresh);
        }
        assertThat(committed).as("%s was stale and has been written anew: look at the change and commit it",
                PrivilegesDocument.FILE).isEqualTo(fresh);
        assertThat(committed).as("what is made anew").contains("<!-- begin of the table -->",
                "<!-- begin of the recipe -->");
    }
}
