package dev.collectionalias.gitops.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as kubectl reads it: version 1.1 without dates and without numbers to the base of 60. JSON is a part of it. */
final class Documents {

    private static final int LARGEST = 64 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    /**
     * One document of a text.
     *
     * @param content JSON's null if the document is empty
     * @param tags    of other tools, such as {@code !Ref} or {@code !vault}; kubectl ignores a tag and reads the value behind
     *                it
     */
    record Document(JsonNode content, Set<String> tags) {}

    /**
     * The documents of a text.
     *
     * @throws YAMLException if the text is not YAML
     */
    static List<Document> read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LARGEST);
        options.setTagInspector(tag -> true); // harmless: the constructor below makes only texts, lists and maps
        DumperOptions unused = new DumperOptions();
        Json json = new Json(options);
        Yaml yaml = new Yaml(json, new Representer(unused), unused, options, new WithoutTimes());
        List<Document> documents = new ArrayList<>();
        try {
            yaml.loadAll(text).forEach(
                    document -> documents.add(new Document(JSON.valueToTree(document), json.tagsOfTheDocument())));
        } catch (YAMLException e) {
            throw e;
        } catch (RuntimeException e) { // for both faults, the libraries throw a bare exception of the JDK
            throw new YAMLException("a value is not what its tag says, or a key is null", e);
        }
        return documents;
    }

    /** Makes only values that JSON has. */
    private static final class Json extends SafeConstructor {

        private static final double MOST_EXACT = 1L << 53;

        private Set<String> tags = new TreeSet<>();

        Json(LoaderOptions options) {
            super(options);
            yamlConstructors.put(Tag.FLOAT, new JsonNumber());
            yamlConstructors.put(null, new OfAnotherTool()); // for each tag without a constructor of its own
        }

        Set<String> tagsOfTheDocument() {
            Set<String> seen = tags;
            tags = new TreeSet<>();
            return seen;
        }

        private final class OfAnotherTool extends AbstractConstruct {
            @Override
            public Object construct(Node node) {
                tags.add(node.getTag().getValue());
                return switch (node) {
                    case MappingNode mapping -> constructMapping(mapping);
                    case SequenceNode sequence -> constructSequence(sequence);
                    default -> constructScalar((ScalarNode) node);
                };
            }
        }

        /** JSON does not tell 1.0 from 1. */
        private final class JsonNumber extends ConstructYamlFloat {
            @Override
            public Object construct(Node node) {
                double number = (Double) super.construct(node);
                boolean isWhole = number == Math.rint(number) && Math.abs(number) <= MOST_EXACT;
                return isWhole ? (Object) (long) number : number;
            }
        }

        /** By an anchor, a value can contain itself. */
        @Override
        protected Object constructObject(Node node) {
            if (node.isTwoStepsConstruction()) {
                throw new YAMLException("a value contains itself");
            }
            return super.constructObject(node);
        }
    }

    /** For people and for kubectl, a date or a time such as 22:30 is a string. */
    private static final class WithoutTimes extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            Tag tag = super.resolve(kind, value, implicit);
            boolean isTime = tag.equals(Tag.TIMESTAMP)
                    || value != null && value.contains(":") && (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT));
            return isTime ? Tag.STR : tag;
        }
    }
}
