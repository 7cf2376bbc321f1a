package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that is shown is found wherever that is, and is not shown once more by that. */
class SecretSearchTest {

    private static final String PASSWORD = "Pw-0123456789abcdef";
    private static final String KEY_LINE = "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCAnotarealkeybutlong";

    private final SecretSearch search = new SecretSearch(
            Map.of(PASSWORD, "the password of app", KEY_LINE, "the key of client"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01 INFO EventRecorder - CollectionAlias shop/products: app:%s was refused",
            "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"message\":\"token %s\"}]}}",
            "{\"kind\":\"Event\",\"message\":\"%s\"}", "reconciliations_total{token=\"%s\"} 3.0"})
    void inAnyPlaceAndAnyForm(String place) throws Exception {
        for (String form : List.of(PASSWORD, base64(PASSWORD), base64("a:" + PASSWORD), base64("ab:" + PASSWORD),
                base64("app:" + PASSWORD + "\n"), base64("basic app:" + PASSWORD + " and more"))) {
            Path file = Files.writeString(directory.resolve("audit.log"), "first\nsecond\n" + place.formatted(form));

            assertThat(search.in(List.of(directory))).as(form)
                    .extracting(SecretSearch.Find::secret, SecretSearch.Find::file, SecretSearch.Find::line)
                    .containsExactly(tuple("the password of app", file, 3L));
        }
    }

    @Test
    void aLineOfAKeyIsEnough() throws Exception {
        Path file = Files.writeString(directory.resolve("log"), "-----BEGIN PRIVATE KEY-----\\n" + KEY_LINE + "\\n");

        assertThat(search.in(List.of(file))).singleElement()
                .hasToString("the key of client is in " + file + ", line 1");
    }

    @Test
    void whatIsToldHasNotTheSecretInIt() throws Exception {
        Path file = Files.writeString(directory.resolve("log"), PASSWORD);

        assertThat(search.in(List.of(file)).toString()).doesNotContain(PASSWORD).contains("the password of app");
    }

    @Test
    void whatIsNotShownIsNotFound() throws Exception {
        Path file = Files.writeString(directory.resolve("log"),
                PASSWORD.substring(1) + "\n" + PASSWORD.substring(0, PASSWORD.length() - 1) + "\napp:***\n"
                        + "x".repeat(100));

        assertThat(search.in(List.of(file))).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
