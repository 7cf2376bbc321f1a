#!/usr/bin/env bash
# The Kubernetes client of fabric8, 7.8.0, as an operator in Java is built on it; needs Maven and Java 17 or newer.
#
# NO_PROXY=* is how curl, Python, Go and others are told to use no proxy at all, and many write a space behind the commas. A good
# engineer expects the client to understand both, or to pass over an entry that it does not. It throws while it is built, so
# that the process does not start, even where no proxy is set. It reads no variable in lower case.
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
      <artifactId>kubernetes-client</artifactId>
      <version>7.8.0</version>
    </dependency>
  </dependencies>
</project>
XML

cat > "$folder/Look.java" <<'JAVA'
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

public class Look {
    public static void main(String[] arguments) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            client.getHttpClient();
            System.out.println("built");
        } catch (RuntimeException e) {
            System.out.println(e.getCause().getMessage());
        }
    }
}
JAVA

mvn -B -q -f "$folder/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/lib"

# No cluster is asked for anything.
look() {
    env HTTPS_PROXY=http://127.0.0.1:3128 KUBECONFIG=/dev/null KUBERNETES_MASTER=https://127.0.0.1:6443 "$@" \
        java -cp "$folder/lib/*" "$folder/Look.java" 2> /dev/null
}

expect() {
    local wanted=$1 found
    shift
    found=$(look "$@")
    echo "$*: $found"
    [ "$found" = "$wanted" ]
}

echo "kubernetes-client 7.8.0 - expected: built, each time"
expect "built" NO_PROXY='.svc,10.0.0.0/8'
expect "NO_PROXY URL contains invalid entry: '*'" NO_PROXY='*'
expect "NO_PROXY URL contains invalid entry: ' 10.0.0.0/8'" NO_PROXY='.svc, 10.0.0.0/8'
expect "built" no_proxy='*'
