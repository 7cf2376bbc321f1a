package dev.collectionalias.runtime;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.webhook.WebhookPolicy;

/**
 * The operator's configuration, read once from the environment.
 *
 * @param namespaces     to watch; empty: all of them
 * @param leaderElection whether the process waits for a lease before it does anything
 * @param lease          the lease's namespace and name
 * @param identity       this process' name as a holder of the lease
 * @param httpPort       of health and metrics; 0 picks a free one
 * @param pagePort       of the page, on this machine only; 0 picks a free one; empty: no page
 * @param stopTimeout    how long a stop waits for work in flight
 * @param webhooks       which hosts the operator may ask during a cutover
 */
public record OperatorConfig(Set<String> namespaces, boolean leaderElection, ObjectName lease, String identity,
        int httpPort, OptionalInt pagePort, Duration stopTimeout, WebhookPolicy webhooks, String logLevel) {

    /**
     * Every variable of the configuration. This is the one place of their documentation: a test checks the table in
     * docs/configuration.md by it.
     */
    public enum Variable {
        WATCH_NAMESPACES("", "Namespaces to watch, separated by commas. Empty: all namespaces. "
                + "ClusterMilvusConnections work only in this mode."),
        LEADER_ELECTION("true", "Whether to wait for the lease before doing anything: true or false. "
                + "Must be true where more than one replica may run."),
        LEASE_NAME(Leadership.DEFAULT_LEASE, "The name of the lease. Two installations in one namespace need two."),
        POD_NAMESPACE("collection-alias-system", "The namespace of the lease."),
        POD_NAME("", "The identity that holds the lease. Empty: HOSTNAME, else a random one."),
        HOSTNAME("", "Stands in for POD_NAME."),
        HTTP_PORT("8080", "The port of /livez, /readyz and /metrics; 0 picks a free one."),
        PAGE_PORT("",
                "The port of [the page](page.md), which only `kubectl port-forward` reaches; 0 picks a free one. "
                        + "Empty: there is no page."),
        STOP_TIMEOUT("20s", "How long a stop waits for calls in flight; less than terminationGracePeriodSeconds."),
        WEBHOOK_ALLOWED_HOSTS("",
                "Hosts that webhooks may be on besides Services of the object's own namespace, separated by commas: "
                        + "hooks.example.com or *.example.com."),
        LOG_LEVEL("info", "error, warn, info, debug or trace.");

        private final String defaultValue;
        private final String meaning;

        Variable(String defaultValue, String meaning) {
            this.defaultValue = defaultValue;
            this.meaning = meaning;
        }

        public String defaultValue() {
            return defaultValue;
        }

        public String meaning() {
            return meaning;
        }
    }

    private static final Set<String> LOG_LEVELS = Set.of("error", "warn", "info", "debug", "trace");
    private static final Pattern OBJECT_NAME = Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    /** @throws IllegalArgumentException with a sentence that names the variable and its possible values */
    public static OperatorConfig from(Map<String, String> environment) {
        return new OperatorConfig(namespaces(read(environment, Variable.WATCH_NAMESPACES)),
                bool(environment, Variable.LEADER_ELECTION), lease(environment), identity(environment),
                port(environment, Variable.HTTP_PORT), pagePort(environment),
                duration(environment, Variable.STOP_TIMEOUT),
                webhooks(environment), logLevel(environment));
    }

    private static String read(Map<String, String> environment, Variable variable) {
        String value = environment.get(variable.name());
        return value == null || value.isBlank() ? variable.defaultValue() : value.strip();
    }

    private static Set<String> namespaces(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean bool(Map<String, String> environment, Variable variable) {
        return switch (read(environment, variable)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(environment, variable, "must be true or false");
        };
    }

    private static ObjectName lease(Map<String, String> environment) {
        String name = read(environment, Variable.LEASE_NAME);
        if (!OBJECT_NAME.matcher(name).matches()) {
            throw invalid(environment, Variable.LEASE_NAME,
                    "must be an object's name: lower case letters, digits, '-' and '.', 253 of them at most");
        }
        return new ObjectName(read(environment, Variable.POD_NAMESPACE), name);
    }

    private static String identity(Map<String, String> environment) {
        return Optional.of(read(environment, Variable.POD_NAME)).filter(name -> !name.isEmpty())
                .or(() -> Optional.of(read(environment, Variable.HOSTNAME)).filter(name -> !name.isEmpty()))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static OptionalInt pagePort(Map<String, String> environment) {
        return read(environment, Variable.PAGE_PORT).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(port(environment, Variable.PAGE_PORT));
    }

    private static int port(Map<String, String> environment, Variable variable) {
        try {
            int port = Integer.parseInt(read(environment, variable));
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // the line below throws
        }
        throw invalid(environment, variable, "must be a port from 0 to 65535");
    }

    private static Duration duration(Map<String, String> environment, Variable variable) {
        try {
            return KubernetesDuration.of(read(environment, variable)).value();
        } catch (IllegalArgumentException e) {
            throw invalid(environment, variable, "must be a duration such as 20s");
        }
    }

    private static WebhookPolicy webhooks(Map<String, String> environment) {
        try {
            return WebhookPolicy.allowing(read(environment, Variable.WEBHOOK_ALLOWED_HOSTS));
        } catch (IllegalArgumentException e) {
            throw invalid(environment, Variable.WEBHOOK_ALLOWED_HOSTS,
                    "must be host names such as hooks.example.com or *.example.com, separated by commas; "
                            + e.getMessage());
        }
    }

    private static String logLevel(Map<String, String> environment) {
        String level = read(environment, Variable.LOG_LEVEL).toLowerCase(Locale.ROOT);
        if (!LOG_LEVELS.contains(level)) {
            throw invalid(environment, Variable.LOG_LEVEL, "must be one of " + LOG_LEVELS.stream().sorted().toList());
        }
        return level;
    }

    private static IllegalArgumentException invalid(Map<String, String> environment, Variable variable, String rule) {
        return new IllegalArgumentException(variable + " is '" + environment.get(variable.name()) + "', but " + rule);
    }
}
