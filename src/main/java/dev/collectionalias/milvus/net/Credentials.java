package dev.collectionalias.milvus.net;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A Milvus token: an API key, or {@code username:password}; empty: the server asks for none. */
public record Credentials(String token) {

    public static final Credentials NONE = new Credentials("");

    public static Credentials usernamePassword(String username, String password) {
        return new Credentials(username + ":" + password);
    }

    /** The text without the token, without its base64 form, in which it is sent, and without the password in it. */
    public String redact(String text) {
        String password = token.substring(token.indexOf(':') + 1);
        String redacted = text;
        for (String secret : List.of(base64(token), token, base64(password), password)) {
            redacted = secret.isEmpty() ? redacted : redacted.replace(secret, "***");
        }
        return redacted;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Leaves the token out, so that no log or message can contain it. */
    @Override
    public String toString() {
        return token.isEmpty() ? "none" : "token ***";
    }
}
