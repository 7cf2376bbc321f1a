package dev.collectionalias.gitops.output;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes YAML that every reader understands in the same way. */
final class YamlWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private YamlWriter() {}

    /** One document, with a line break at its end. */
    static String document(JsonNode content) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        LoaderOptions unused = new LoaderOptions();
        return new Yaml(new SafeConstructor(unused), new Representer(options), options, unused, new Cautious())
                .dump(JSON.convertValue(content, Object.class));
    }

    /** Quotes every text that another reader could take for something else. An alias may be named {@code y}. */
    private static final class Cautious extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            super.addImplicitResolvers();
            addImplicitResolver(Tag.BOOL, Pattern.compile("[yYnN]"), "yYnN");
            addImplicitResolver(Tag.INT, Pattern.compile("0o[0-7_]+"), "0");
        }
    }
}
