package dev.collectionalias.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as kubectl takes it: by version 1.1, but without its dates. JSON is a kind of it. */
final class Documents {

    private static final int LARGEST = 64 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    /**
     * The documents of a text; one without content is null.
     *
     * @throws YAMLException if it is none
     */
    static List<JsonNode> read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LARGEST);
        DumperOptions unused = new DumperOptions();
        Yaml yaml = new Yaml(new Finite(options), new Representer(unused), unused, options,
                new WithoutDates());
        List<JsonNode> documents = new ArrayList<>();
        yaml.loadAll(text).forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    /** One document, with a line break at its end. */
    static String yaml(JsonNode content) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        LoaderOptions unused = new LoaderOptions();
        return new Yaml(new SafeConstructor(unused), new Representer(options), options, unused, new Cautious())
                .dump(JSON.convertValue(content, Object.class));
    }

    /** An anchor can make a value its own part, which JSON can't say. */
    private static final class Finite extends SafeConstructor {
        Finite(LoaderOptions options) {
            super(options);
        }

        @Override
        protected Object constructObject(Node node) {
            if (node.isTwoStepsConstruction()) {
                throw new YAMLException("a value contains itself");
            }
            return super.constructObject(node);
        }
    }

    /** A date is a string for whoever writes one, and for JSON. */
    private static class WithoutDates extends Resolver {
        @Override
        public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, pattern, first, limit);
            }
        }
    }

    /** Has all put in quotes that another reader could take for something else; an alias may be named {@code y}. */
    private static final class Cautious extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            super.addImplicitResolvers();
            addImplicitResolver(Tag.BOOL, Pattern.compile("[yYnN]"), "yYnN");
        }
    }
}
