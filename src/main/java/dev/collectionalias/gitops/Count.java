package dev.collectionalias.gitops;

/** A number and its noun, in the English singular or plural. */
final class Count {

    private Count() {}

    static String of(long number, String one, String many) {
        return "%d %s".formatted(number, number == 1 ? one : many);
    }

    /** @param one the noun in the singular; its plural ends with s */
    static String of(long number, String one) {
        return of(number, one, one + "s");
    }
}
