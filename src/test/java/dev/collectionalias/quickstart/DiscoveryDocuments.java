package dev.collectionalias.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;

/**
 * What a client reads to learn which kinds an API server has: {@code /version}, {@code /api}, {@code /apis}, the resource
 * lists behind them, and as much of {@code /openapi/v3} as makes {@code kubectl apply} leave validation to the server.
 */
final class DiscoveryDocuments {

    private static final List<String> VERBS = List.of("create", "delete", "get", "list", "patch", "update", "watch");

    /** One kind; the group is empty for the core. */
    private record Resource(String group, String version, String plural, String singular, String kind,
            List<String> shortNames, List<String> categories, boolean namespaced) {

        String groupVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }

        String path() {
            return (group.isEmpty() ? "/api/" : "/apis/") + groupVersion();
        }
    }

    private final Map<String, Object> answers = new TreeMap<>();

    DiscoveryDocuments(List<CustomResourceDefinition> crds) {
        List<Resource> resources = new ArrayList<>(List.of(builtIn("", "v1", "namespaces", "Namespace", "ns", false),
                builtIn("", "v1", "secrets", "Secret", "", true), builtIn("", "v1", "events", "Event", "ev", true),
                builtIn("events.k8s.io", "v1", "events", "Event", "ev", true),
                builtIn("coordination.k8s.io", "v1", "leases", "Lease", "", true), builtIn("apiextensions.k8s.io", "v1",
                        "customresourcedefinitions", "CustomResourceDefinition", "crd", false)));
        crds.forEach(crd -> crd.getSpec().getVersions()
                .forEach(version -> resources.add(custom(crd, version.getName()))));
        answers.put("/version", Map.of("major", "1", "minor", "36", "gitVersion", "v1.36.0-in-memory"));
        answers.put("/api", Map.of("kind", "APIVersions", "versions", List.of("v1")));
        answers.put("/apis", Map.of("kind", "APIGroupList", "apiVersion", "v1", "groups", groups(resources)));
        Map<String, List<Resource>> byPath = resources.stream().collect(Collectors.groupingBy(Resource::path));
        byPath.forEach((path, kinds) -> answers.put(path, resourceList(kinds)));
        answers.put("/openapi/v3", Map.of("paths", byPath.keySet().stream().collect(
                Collectors.toMap(path -> path.substring(1),
                        path -> Map.of("serverRelativeURL", "/openapi/v3" + path)))));
        byPath.forEach((path, kinds) -> answers.put("/openapi/v3" + path, openApi(kinds)));
    }

    Optional<Object> answer(String path) {
        return Optional.ofNullable(answers.get(path));
    }

    private static Resource builtIn(String group, String version, String plural, String kind, String shortName,
            boolean namespaced) {
        return new Resource(group, version, plural, kind.toLowerCase(Locale.ROOT), kind,
                shortName.isEmpty() ? List.of() : List.of(shortName), List.of(), namespaced);
    }

    private static Resource custom(CustomResourceDefinition crd, String version) {
        CustomResourceDefinitionNames names = crd.getSpec().getNames();
        return new Resource(crd.getSpec().getGroup(), version, names.getPlural(), names.getSingular(), names.getKind(),
                names.getShortNames(), names.getCategories(), crd.getSpec().getScope().equals("Namespaced"));
    }

    private static List<Object> groups(List<Resource> resources) {
        Map<String, Object> groups = new LinkedHashMap<>();
        for (Resource resource : resources) {
            if (!resource.group().isEmpty()) {
                Object version = Map.of("groupVersion", resource.groupVersion(), "version", resource.version());
                groups.put(resource.group(),
                        Map.of("name", resource.group(), "versions", List.of(version), "preferredVersion", version));
            }
        }
        return List.copyOf(groups.values());
    }

    private static Object resourceList(List<Resource> kinds) {
        List<Object> resources = new ArrayList<>();
        for (Resource kind : kinds) {
            resources.add(Map.of("name", kind.plural(), "singularName", kind.singular(), "kind", kind.kind(),
                    "namespaced", kind.namespaced(), "verbs", VERBS, "shortNames", kind.shortNames(), "categories",
                    kind.categories()));
        }
        return Map.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", kinds.getFirst().groupVersion(),
                "resources", resources);
    }

    /** kubectl validates by itself unless PATCH of the kind is said to have a parameter "fieldValidation". */
    private static Object openApi(List<Resource> kinds) {
        Map<String, Object> paths = new TreeMap<>();
        for (Resource kind : kinds) {
            Object patch = Map.of("x-kubernetes-group-version-kind",
                    Map.of("group", kind.group(), "version", kind.version(), "kind", kind.kind()), "parameters",
                    List.of(Map.of("name", "fieldValidation", "in", "query", "schema", Map.of("type", "string"))),
                    "responses", Map.of("200", Map.of("description", "OK")));
            paths.put(kind.path() + "/" + kind.plural() + "/{name}", Map.of("patch", patch));
        }
        return Map.of("openapi", "3.0.0", "info", Map.of("title", "Kubernetes", "version", "v1"), "paths", paths);
    }
}
