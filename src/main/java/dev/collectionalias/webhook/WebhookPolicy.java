package dev.collectionalias.webhook;

import static java.lang.String.format;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hosts that a webhook may be on. The operator reaches more of the cluster than the authors of aliases do, and must not
 * lend them that reach.
 *
 * @param allowedHosts hosts that any namespace may ask, in lower case: {@code hooks.example.com}, {@code *.example.com}
 * @param loopback     whether the operator may ask its own machine; false for every policy made from configuration
 */
public record WebhookPolicy(Set<String> allowedHosts, boolean loopback) {

    /** Allows Services of the object's own namespace, and nothing else. */
    public static final WebhookPolicy OWN_NAMESPACE = new WebhookPolicy(Set.of(), false);

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern ALLOWED = Pattern.compile("(\\*|" + LABEL + ")(\\." + LABEL + ")+");
    /** Names that resolvers read as an address in some notation, such as 127.0.0.1, 127.1, 2130706433 or 0x7f000001. */
    private static final Pattern ADDRESS = Pattern.compile("\\[.*|(.*\\.)?([0-9]+|0x[0-9a-f]*)");
    private static final String WILDCARD = "*";
    private static final String SVC = "svc";
    private static final int SHORT_NAME = 2;

    public WebhookPolicy {
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /**
     * @param list host names, separated by commas
     * @throws IllegalArgumentException if one of them is not a host name
     */
    public static WebhookPolicy allowing(String list) {
        Set<String> hosts = Arrays.stream(list.split(",")).map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty()).collect(Collectors.toUnmodifiableSet());
        hosts.stream().filter(host -> !ALLOWED.matcher(host).matches() || ADDRESS.matcher(host).matches()).findAny()
                .ifPresent(host -> {
                    throw new IllegalArgumentException(host + " is no host name with a dot");
                });
        return new WebhookPolicy(hosts, false);
    }

    /**
     * The name to look up if objects of the namespace may ask the host. The operator looks up a Service as
     * {@code service.namespace.svc}, however the user wrote it. Otherwise {@code gate.dev} in the namespace dev could be a host
     * of the top-level domain dev. And {@code gate.shop.svc.example.com} could be anybody's host.
     */
    Optional<String> nameToLookUp(String host, String namespace) {
        List<String> labels = Arrays.asList(host.split("\\.", -1));
        if (isAllowed(host)) {
            return Optional.of(host);
        }
        boolean own = NAME.matcher(host).matches() && labels.size() >= SHORT_NAME && labels.get(1).equals(namespace)
                && (labels.size() == SHORT_NAME || labels.get(2).equals(SVC));
        return own ? Optional.of(String.join(".", labels.get(0), namespace, SVC)) : Optional.empty();
    }

    private boolean isAllowed(String host) {
        return NAME.matcher(host).matches() && !ADDRESS.matcher(host).matches()
                && allowedHosts.stream().anyMatch(allowed -> allowed.startsWith(WILDCARD)
                        ? host.endsWith(allowed.substring(WILDCARD.length()))
                        : host.equals(allowed));
    }

    /** Why {@link #nameToLookUp} found no name, and what the user can write instead. */
    static String refusal(String host, String namespace) {
        if (ADDRESS.matcher(host).matches()) {
            return format(
                    "the webhook's host %s is an address; name a Service of this namespace, as in http://gate.%s.svc",
                    host, namespace);
        }
        if (!host.contains(".")) {
            return format("the webhook's host %s names no namespace; write %s.%s.svc", host, host, namespace);
        }
        return format("the webhook's host %s is no Service of this namespace, as gate.%s.svc is, and the operator's "
                + "WEBHOOK_ALLOWED_HOSTS does not list it", host, namespace);
    }

    /** Whether the operator may connect to an address of the host. No configuration allows a reserved address. */
    boolean permits(InetAddress address) {
        return loopback && address.isLoopbackAddress() || !Reserved.includes(address);
    }
}
