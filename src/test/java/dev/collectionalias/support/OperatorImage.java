package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** An image that the Dockerfile describes, built as users build it but for the base images. */
public final class OperatorImage implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** So that nothing is downloaded anew, and from where this machine downloads. */
    private static final Path MAVEN = Path.of(System.getProperty("user.home"), ".m2");
    private static final String NAME = "collection-alias-operator";

    private final Path directory;
    private final JsonNode config;
    private final JsonNode manifest;
    private final Path root;

    /** @param layout the image, as the OCI has images in directories */
    private OperatorImage(Path directory, Path layout) {
        this.directory = directory;
        manifest = blob(layout, read(layout.resolve("index.json")).at("/manifests/0/digest").asText());
        config = blob(layout, manifest.at("/config/digest").asText()).get("config");
        root = Directories.create(directory.resolve("root"));
        list(manifest.get("layers")).forEach(layer -> unpack(blobFile(layout, layer.get("digest").asText())));
    }

    /** Both images, which have their build in common. */
    public record Both(OperatorImage operator, OperatorImage commands) {}

    /** Builds the operator's image, and that of the commands for people. */
    public static Both build() {
        Path directory = Directories.fresh("image");
        List<String> line = new ArrayList<>(List.of("bud", "--isolation=chroot", "--layers", "--pull-never",
                "--build-arg", "BUILD_IMAGE=" + BaseImages.BUILD, "--build-arg",
                "RUNTIME_IMAGE=" + BaseImages.RUNTIME));
        Stream.of("repository", "settings.xml").map(MAVEN::resolve).filter(Files::exists).forEach(
                file -> line.addAll(List.of("--volume", Buildah.path(file) + ":/root/.m2/" + file.getFileName())));
        try (Buildah buildah = Buildah.in(directory.resolve("buildah"))) {
            BaseImages.make(buildah);
            return new Both(build(buildah, line, List.of(), directory.resolve("operator")),
                    build(buildah, line, List.of("--target", "cli"), directory.resolve("cli")));
        }
    }

    private static OperatorImage build(Buildah buildah, List<String> common, List<String> target, Path directory) {
        Path layout = Directories.create(directory).resolve("layout");
        List<String> line = new ArrayList<>(common);
        line.addAll(target);
        line.addAll(List.of("--tag", NAME, Buildah.path(Path.of(""))));
        buildah.run(line.toArray(String[]::new));
        buildah.run("push", "--quiet", NAME, "oci:" + Buildah.path(layout));
        return new OperatorImage(directory, layout);
    }

    /** As a node does. No layer takes away what one below it has. */
    private void unpack(Path layer) {
        Command.of("tar", "--keep-directory-symlink", "-xzf", layer.toString(), "-C", root.toString()).runOrFail();
    }

    /** Its files, as a container finds them. */
    public Path root() {
        return root;
    }

    /** Runs one of its commands to its end, without anything of this machine. */
    public Command.Outcome run(String input, String... arguments) {
        List<String> line = new ArrayList<>(List.of("/usr/bin/env", "-i"));
        line.addAll(environment());
        line.addAll(entry());
        line.addAll(List.of(arguments));
        return Command.of(line.toArray(String[]::new)).reading(input).run();
    }

    /** What runs its entry point in it, by its user; the arguments come behind. */
    List<String> entry() {
        String[] user = user().split(":");
        List<String> line = new ArrayList<>(List.of("/usr/bin/unshare", "--pid", "--fork", "--kill-child",
                "--mount-proc", "--root", root.toString(), "--wd", config.path("WorkingDir").asText("/"), "--setgid",
                user[1], "--setuid", user[0]));
        line.addAll(strings("Entrypoint"));
        return line;
    }

    /** The user that its processes run as, as it is written in the image. */
    public String user() {
        return config.get("User").asText();
    }

    /** What the entry point is given unless somebody says otherwise. */
    public List<String> command() {
        return strings("Cmd");
    }

    /** Its variables, each as NAME=value. */
    public List<String> environment() {
        return strings("Env");
    }

    /** What is pulled for each layer, in bytes, from the bottom to the top. */
    public List<Long> layers() {
        return list(manifest.get("layers")).stream().map(layer -> layer.get("size").asLong()).toList();
    }

    private List<String> strings(String property) {
        return list(config.path(property)).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static JsonNode blob(Path layout, String digest) {
        return read(blobFile(layout, digest));
    }

    private static Path blobFile(Path layout, String digest) {
        return layout.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Directories.delete(directory);
    }
}
