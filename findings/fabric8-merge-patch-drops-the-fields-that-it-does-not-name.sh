#!/usr/bin/env bash
# The CRD generator of fabric8's Kubernetes client, 8.0.0; needs Maven and Java 21 or newer.
#
# @SchemaCustomizer with MergePatchCustomizer lays a patch over the schema that the generator made of a class. A merge patch
# (RFC 7386) changes what it names and leaves the rest, at each depth. So a good engineer gives one property a list type by it. The
# generated CRD then has that property alone: the patch replaces "properties" as a whole, and every other field is gone. The
# generator says nothing, and an API server prunes those fields from each object that it stores.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/pom.xml" <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>look</groupId>
  <artifactId>look</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.fabric8</groupId>
      <artifactId>crd-generator-api-v2</artifactId>
      <version>8.0.0</version>
    </dependency>
    <dependency>
      <groupId>com.fasterxml.jackson.core</groupId>
      <artifactId>jackson-annotations</artifactId>
      <version>2.22</version>
    </dependency>
  </dependencies>
</project>
XML

cat > "$folder/Look.java" <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

public class Look {

    public static class Plain {
        public List<String> hosts;
        public String name;
        public int port;
    }

    @SchemaCustomizer(value = SchemaCustomizer.MergePatchCustomizer.class,
            input = "{\"properties\": {\"hosts\": {\"x-kubernetes-list-type\": \"set\"}}}")
    public static class Patched extends Plain {}

    @Group("example.com")
    @Version("v1")
    public static class OfPlain extends CustomResource<Plain, Void> {}

    @Group("example.com")
    @Version("v1")
    public static class OfPatched extends CustomResource<Patched, Void> {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        new CRDGenerator().customResourceClasses(OfPlain.class, OfPatched.class).forCRDVersions("v1")
                .inOutputDir(folder.toFile()).generate();
        show(folder, "ofplains", Set.of("hosts", "name", "port"));
        show(folder, "ofpatcheds", Set.of("hosts"));
    }

    private static void show(Path folder, String plural, Set<String> wanted) throws Exception {
        var crd = Serialization.unmarshal(Files.readString(folder.resolve(plural + ".example.com-v1.yml")),
                CustomResourceDefinition.class);
        var spec = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema().getProperties().get("spec");
        System.out.println(plural + " has " + spec.getProperties().keySet() + ", hosts is of the list type "
                + spec.getProperties().get("hosts").getXKubernetesListType());
        if (!spec.getProperties().keySet().equals(wanted)) {
            throw new AssertionError("it had " + wanted);
        }
    }
}
JAVA

mvn -B -q -f "$folder/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/lib"
mkdir "$folder/crds"
echo "crd-generator-api-v2 8.0.0 - expected: both have hosts, name and port"
java -cp "$folder/lib/*" "$folder/Look.java" "$folder/crds" 2> "$folder/errors" || { cat "$folder/errors" >&2; exit 1; }
