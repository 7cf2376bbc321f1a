package dev.collectionalias.gitops.manifests;

import static java.lang.String.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.gitops.manifests.Documents.Document;
import dev.collectionalias.schema.KindSchema;
import dev.collectionalias.schema.KindSchemas;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The manifests of some files, and everything else in these files. */
public final class Manifests {

    private static final String LIST = "List";
    /** The field that tells Kustomize what to do with the patched object. */
    private static final String DIRECTIVE = "$patch";
    private static final String TEMPLATE = "{{";

    private final KindSchemas schemas;
    private final List<Manifest> all = new ArrayList<>();
    private final List<Complaint> unreadable = new ArrayList<>();
    private final List<Complaint> unrendered = new ArrayList<>();
    private final List<Complaint> strange = new ArrayList<>();
    private int others;

    Manifests(KindSchemas schemas) {
        this.schemas = schemas;
    }

    void add(Source source, String text) {
        List<Document> documents;
        try {
            documents = Documents.read(text);
        } catch (YAMLException e) {
            addUnreadable(source, text, e);
            return;
        }
        for (int i = 0; i < documents.size(); i++) {
            add(source, new Place(source.name(), i + 1), documents.get(i));
        }
    }

    private void addUnreadable(Source source, String text, YAMLException e) {
        Place place = new Place(source.name(), 1);
        boolean ours = schemas.all().stream().map(schema -> schema.apiVersion().split("/", 2)[0])
                .anyMatch(text::contains);
        if (source.rendering().isPresent()) {
            if (ours) {
                unrendered.add(new Complaint(place, "", "", source.rendering().get()));
            } else {
                others++;
            }
            return;
        }
        String hint = text.contains(TEMPLATE) ? "; if it is a template, pipe what it renders into -f -" : "";
        (source.isFound() && !ours ? strange : unreadable)
                .add(new Complaint(place, "", "", "no YAML: " + reason(e) + hint));
    }

    private static String reason(YAMLException e) {
        return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? format("%s in line %d", marked.getProblem(), marked.getProblemMark().getLine() + 1)
                : e.getMessage();
    }

    private void add(Source source, Place place, Document document) {
        JsonNode content = document.content();
        if (content.isNull()) {
            return; // nothing but comments
        }
        if (content.path("kind").asText().endsWith(LIST) && content.path("items").isArray()) {
            content.get("items").forEach(item -> add(source, place, new Document(item, document.tags())));
        } else if (schemas.hasGroup(content.path("apiVersion").asText().split("/", 2)[0])) {
            addOurs(source, place, (ObjectNode) content, document.tags().stream().toList());
        } else {
            others++;
            if (new Kustomization(Path.of(source.name()), content)
                    .changes(schemas.all().stream().map(KindSchema::kind))) {
                unrendered.add(new Complaint(place, "", "",
                        "changes objects; -k with its directory looks at what it makes of them"));
            }
        }
    }

    private void addOurs(Source source, Place place, ObjectNode object, List<String> tags) {
        Optional<String> rendering = source.rendering().or(() -> patch(object));
        Optional<KindSchema> schema = schemas.find(object.path("apiVersion").asText(), object.path("kind").asText());
        if (rendering.isPresent()) {
            unrendered.add(new Complaint(place, Manifest.title(object), "", rendering.get()));
        } else if (schema.isEmpty()) {
            unreadable.add(new Complaint(place, "", "", format("there is no kind %s in %s",
                    object.path("kind").asText(), object.path("apiVersion").asText())));
        } else {
            all.add(Manifest.of(place, schema.get(), object));
            tags.forEach(tag -> unreadable.add(new Complaint(place, Manifest.title(object), "",
                    format("has the YAML tag %s, which kubectl ignores: it takes the text behind it as it is", tag))));
        }
    }

    private static Optional<String> patch(ObjectNode object) {
        boolean hasDirective = Stream.of(object, object.path("metadata"), object.path("spec"))
                .anyMatch(part -> part.has(DIRECTIVE));
        return hasDirective
                ? Optional.of("is a patch ($patch); -k DIRECTORY looks at what Kustomize makes of it")
                : Optional.empty();
    }

    /**
     * Takes an incomplete manifest for a patch if a complete one of the same name is there. The file that names the patches may
     * be one that the command has not read.
     */
    void separatePatches() {
        for (Manifest manifest : List.copyOf(all)) {
            all.stream().filter(manifest::seemsToPatch).findFirst().ifPresent(patched -> {
                all.remove(manifest);
                unrendered.add(new Complaint(manifest.place(), manifest.title(), "", format(
                        "seems to be a patch of the one in %s; -k DIRECTORY looks at what Kustomize makes of them",
                        patched.place())));
            });
        }
    }

    public List<Manifest> all() {
        return List.copyOf(all);
    }

    /** Files that are not YAML, and objects whose version or tag this program does not support. */
    public List<Complaint> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Files that become objects only when another tool renders them. */
    public List<Complaint> unrendered() {
        return List.copyOf(unrendered);
    }

    /** Files that the command found by itself, and that are not YAML. */
    public List<Complaint> strange() {
        return List.copyOf(strange);
    }

    /** How many documents are not of the operator's kinds. */
    public int others() {
        return others;
    }
}
