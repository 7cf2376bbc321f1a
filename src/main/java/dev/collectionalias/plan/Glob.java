package dev.collectionalias.plan;

/** A name in which {@code *} stands for any characters, also none, and {@code ?} for one. */
record Glob(String pattern) {

    /**
     * Goes through both texts at once, and falls back to the last {@code *} only. So no pattern takes long. A regular
     * expression made from {@code *a*a*a*a*b} would.
     */
    boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < name.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && (pattern.charAt(in) == '?' || pattern.charAt(in) == name.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(in).chars().allMatch(rest -> rest == '*');
    }
}
