package dev.collectionalias.support;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every secret that the tests of this run made, by what it is. None of them may be shown by the operator anywhere. */
public final class SecretLedger {

    /** What is shorter is found by chance. */
    private static final int SHORTEST = 12;
    private static final Pattern PEM_BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END [A-Z0-9 ]+-----");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, String> NAMES = new LinkedHashMap<>();
    private static final String SEPARATOR = "\t";
    private static final Notes NOTES = new Notes("secrets");

    private SecretLedger() {}

    /** A password that is found nowhere unless somebody shows it. */
    public static String password(String name) {
        byte[] bytes = new byte[9];
        RANDOM.nextBytes(bytes);
        String password = "Pw-" + HexFormat.of().formatHex(bytes);
        add(name, password);
        return password;
    }

    /**
     * Takes down what is secret in a Secret's entry: of PEM the private keys, else the text, without the user's name if
     * one is before it.
     */
    static void add(String name, String text) {
        Matcher block = PEM_BLOCK.matcher(text);
        if (!block.find()) {
            addPassword(name, text);
            return;
        }
        do {
            if (block.group(1).endsWith("PRIVATE KEY")) {
                block.group(2).lines().filter(line -> line.length() >= SHORTEST).forEach(line -> addPart(name, line));
            }
        } while (block.find());
    }

    private static void addPassword(String name, String text) {
        String password = text.strip().substring(text.strip().indexOf(':') + 1);
        if (password.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    name + " is too short to be told apart from other words; take SecretLedger.password");
        }
        addPart(name, password);
    }

    private static synchronized void addPart(String name, String part) {
        if (NAMES.putIfAbsent(part, name) == null) {
            NOTES.add(part + SEPARATOR + name);
        }
    }

    /** What each secret is, by the secret; of all processes of this build. */
    static Map<String, String> names() {
        return NOTES.all().map(note -> note.split(SEPARATOR, 2))
                .collect(Collectors.toMap(note -> note[0], note -> note[1], (one, other) -> one));
    }
}
