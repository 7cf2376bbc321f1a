package dev.collectionalias.deploy;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Api;

/** One of the texts that Argo CD is configured by, of one kind, made from the kind's scripts. */
record ArgoCdSettings(String subject, ArgoCdKind kind, String text) {

    static Stream<ArgoCdSettings> healthChecks() {
        return ArgoCdKind.all().map(kind -> new ArgoCdSettings("health", kind, kind.healthCheck().source()));
    }

    static Stream<ArgoCdSettings> actions() {
        return ArgoCdKind.all().filter(ArgoCdKind::hasActions)
                .map(kind -> new ArgoCdSettings("actions", kind, actions(kind)));
    }

    private static String actions(ArgoCdKind kind) {
        return entry("discovery.lua", kind.discovery().source()) + "definitions:\n" + kind.actions().stream()
                .map(action -> item(entry("name", action), entry("action.lua", kind.action(action).source())))
                .collect(joining());
    }

    /** By its name in Argo CD's ConfigMap. */
    String asEntry() {
        return entry("resource.customizations.%s.%s_%s".formatted(subject, Api.GROUP, kind.name()), text);
    }

    /** As argocd-operator has it. */
    String asItem(String key) {
        return item("group: " + Api.GROUP + '\n', "kind: " + kind.name() + '\n', entry(key, text));
    }

    private static String item(String... entries) {
        return "- " + indented(String.join("", entries)).substring(2);
    }

    private static String entry(String key, String text) {
        return text.contains("\n") ? key + ": |\n" + indented(text) : key + ": " + text + '\n';
    }

    static String indented(String text) {
        return text.lines().map(line -> line.isEmpty() ? "\n" : "  " + line + "\n").collect(joining());
    }
}
