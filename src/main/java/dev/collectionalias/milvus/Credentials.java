package dev.collectionalias.milvus;

/** A Milvus token: an API key, or {@code username:password}; empty where the server asks for none. */
public record Credentials(String token) {

    public static final Credentials NONE = new Credentials("");

    public static Credentials usernamePassword(String username, String password) {
        return new Credentials(username + ":" + password);
    }

    /** The text without the token, and without the password that is a part of it. */
    String redact(String text) {
        if (token.isEmpty()) {
            return text;
        }
        String password = token.substring(token.indexOf(':') + 1);
        String redacted = text.replace(token, "***");
        return password.isEmpty() ? redacted : redacted.replace(password, "***");
    }

    /** Says nothing of the token, so that no log or message can. */
    @Override
    public String toString() {
        return token.isEmpty() ? "none" : "token ***";
    }
}
