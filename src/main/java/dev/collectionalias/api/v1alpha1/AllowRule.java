package dev.collectionalias.api.v1alpha1;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Lets some namespaces use some aliases of some databases. All three lists have to match. An empty list matches nothing. */
public record AllowRule(
        @Required
        @Size(max = 64)
        @JsonPropertyDescription("The namespaces that this rule is for: names, in which * stands for any characters and ? for one. At most 64.") List<@Size(max = 255) @Pattern("^[a-z0-9*?-]*$") String> namespaces,
        @Required
        @Size(max = 64)
        @JsonPropertyDescription("The Milvus databases that these namespaces may use: names, in which * stands for any characters and ? for one. At "
                + "most 64.") List<@Size(max = 255) @Pattern("^[A-Za-z0-9_*?]*$") String> databases,
        @Required
        @Size(max = 255)
        @Pattern("^[A-Za-z0-9_*?]*$")
        @JsonPropertyDescription("The aliases that these namespaces may claim there, for a preview too: a name, in which * stands for any characters "
                + "and ? for one.") String aliasPattern) {

    public AllowRule {
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        databases = databases == null ? List.of() : List.copyOf(databases);
        aliasPattern = aliasPattern == null ? "" : aliasPattern;
    }
}
