package dev.collectionalias.plan;

import java.util.regex.Pattern;

/** Text as users read it, wherever it comes from: on one line, bounded, with nothing that a terminal acts upon. */
public final class OneLine {

    /**
     * The most that Kubernetes allows in the note of an Event. It allows 32768 in a condition's message, but people read
     * that as often.
     */
    public static final int LONGEST = 1024;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Z}\\p{C}]+");
    private static final String MORE = "…";

    private OneLine() {}

    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** @param longest how many characters it may have, the mark of a cut included */
    public static String of(String text, int longest) {
        String line = BETWEEN_WORDS.matcher(text).replaceAll(" ").strip();
        return line.length() <= longest ? line : start(line, longest - MORE.length()) + MORE;
    }

    /** The beginning of a text. It never ends with half a character. */
    static String start(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
