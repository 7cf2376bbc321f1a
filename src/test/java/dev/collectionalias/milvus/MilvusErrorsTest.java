package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;

/** What is left of a server's words. */
class MilvusErrorsTest {

    private static final Credentials CREDENTIALS = Credentials.usernamePassword("app", "a secret  word");

    @Test
    void noCharacterThatATerminalActsUpon() {
        assertThat(MilvusErrors.tidy("\u001b[31mone\u0000 \u2028two\u0085\u202ethree\n", CREDENTIALS))
                .isEqualTo("[31mone two three");
    }

    @Test
    void noHalfOfACharacter() {
        String cut = MilvusErrors.tidy("x".repeat(298) + "\ud83d\ude00 and more", CREDENTIALS);

        assertThat(cut).isEqualTo("x".repeat(298) + "…");
        assertThat(MilvusErrors.tidy("one \ud83d two", CREDENTIALS)).isEqualTo("one two");
    }

    @Test
    void noPasswordInAnyFormInWhichItWasSent() {
        String header = Base64.getEncoder().encodeToString(CREDENTIALS.token().getBytes(StandardCharsets.UTF_8));

        assertThat(MilvusErrors.tidy("authorization: " + header, CREDENTIALS)).isEqualTo("authorization: ***");
        assertThat(MilvusErrors.tidy("the password a secret  word is wrong", CREDENTIALS))
                .isEqualTo("the password *** is wrong");
    }
}
