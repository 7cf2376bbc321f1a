package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/milvus-privileges.md}: what is made of {@link MilvusPrivilege} in it, and what is to be run. */
public final class PrivilegesDocument {

    public static final Path FILE = Path.of("docs/milvus-privileges.md");
    /** As the recipe says them. */
    public static final String URI = "http://localhost:19530";
    public static final String ROOT = "root:Milvus";
    public static final String ROLE = "collection_alias_operator";
    public static final String PASSWORD = "Choose-1-yourself";

    private static final String HEADER = """
            | Privilege | Object type | Object name | Needed | What for |
            | --- | --- | --- | --- | --- |
            """;
    private static final String RECIPE = """
            ```python
            from pymilvus import MilvusClient

            milvus = MilvusClient("%s", token="%s")
            name = "%s"  # of the role, and of the user
            privileges = {
            %s
            }
            milvus.create_role(name)
            for object_type, names in privileges.items():
                for privilege in names:
                    milvus.grant_privilege(name, object_type, privilege, "*")
            milvus.create_user(name, "%s")
            milvus.grant_role(name, name)
            ```
            """;

    private PrivilegesDocument() {}

    public static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commands that make the role and the user, as the document has them. */
    public static String recipe() {
        Matcher block = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(text());
        if (!block.find()) {
            throw new IllegalStateException(FILE + " has no commands in Python");
        }
        return block.group(1);
    }

    /** The document with what is made of {@link MilvusPrivilege} made anew. */
    public static String fresh() {
        return with("recipe", RECIPE.formatted(URI, ROOT, ROLE, lists(), PASSWORD), with("table", table(), text()));
    }

    private static String table() {
        return Arrays.stream(MilvusPrivilege.values()).map(privilege -> privilege.row() + "\n")
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String lists() {
        return List.of("Global", "Collection").stream().map(PrivilegesDocument::list)
                .collect(Collectors.joining("\n"));
    }

    private static String list(String objectType) {
        return Arrays.stream(MilvusPrivilege.values()).filter(one -> one.objectType().equals(objectType))
                .map(one -> '"' + one.name() + '"')
                .collect(Collectors.joining(", ", "    \"" + objectType + "\": [", "],"));
    }

    private static String with(String part, String content, String document) {
        String begin = "<!-- begin of the %s -->\n".formatted(part);
        String end = "<!-- end of the %s -->".formatted(part);
        return document.replaceFirst("(?s)" + Pattern.quote(begin) + ".*?" + Pattern.quote(end),
                Matcher.quoteReplacement(begin + content + end));
    }
}
