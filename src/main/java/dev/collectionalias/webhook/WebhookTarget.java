package dev.collectionalias.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a webhook's url.
 *
 * @param host     in lower case
 * @param hostPort the host, and the port if the url has one: the Host header
 * @param path     with the query, as it goes into the request
 */
record WebhookTarget(boolean secure, String host, int port, String hostPort, String path) {

    /** {@link URI#getHost} does not know a host such as gate.2024, although a namespace may have such a name. */
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(?::([0-9]{1,5}))?");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LAST_PORT = 65535;

    /** Empty if the text is not an http(s) address of a host. */
    static Optional<WebhookTarget> of(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return Optional.empty();
        }
        URI url;
        URI ascii;
        try {
            url = new URI(text);
            // This may turn an allowed character into a forbidden one.
            ascii = new URI(url.toASCIIString());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        Matcher authority = AUTHORITY.matcher(String.valueOf(url.getRawAuthority()).toLowerCase(Locale.ROOT));
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http") || url.getRawAuthority() == null || !authority.matches()) {
            return Optional.empty();
        }
        int port = authority.group(2) == null ? secure ? HTTPS : HTTP : Integer.parseInt(authority.group(2));
        return port < 1 || port > LAST_PORT
                ? Optional.empty()
                : Optional.of(new WebhookTarget(secure, authority.group(1), port, authority.group(), pathOf(ascii)));
    }

    private static String pathOf(URI ascii) {
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
    }

    /** For messages. Leaves out the path, which may be long. */
    @Override
    public String toString() {
        return "the webhook " + host + ":" + port;
    }
}
