package dev.collectionalias.gitops.output;

import java.io.PrintWriter;

import com.fasterxml.jackson.databind.JsonNode;

/** The format of a command's output. */
public enum OutputFormat {

    /** For people. */
    text,
    /** One document. */
    yaml,
    /** One document, indented. */
    json;

    /** Writes a report as one document. Not for {@link #text}. */
    public void write(JsonNode report, PrintWriter out) {
        out.print(document(report));
        out.flush();
    }

    /** The document, with a line break at its end. */
    public String document(JsonNode content) {
        return switch (this) {
            case yaml -> YamlWriter.document(content);
            case json -> content.toPrettyString() + "\n";
            case text -> throw new IllegalStateException("text is written by each command itself");
        };
    }
}
