package dev.collectionalias.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.collectionalias.support.GeneratedFiles;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds {@code crds/}, and the same in the Helm chart and the bundle for OLM, against the Java types. A stale file is written
 * anew and fails the build, to be committed. A link would do instead of the chart's own files, but not everything that
 * installs charts from a repository follows links.
 */
class CrdsTest {

    private static final Path CRDS = Path.of("crds");
    private static final Path CHART_CRDS = Path.of("deploy/helm/files/crds");
    private static final Path BUNDLE = Path.of("deploy/olm/bundle/manifests");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).disable(YAMLGenerator.Feature.SPLIT_LINES));

    @ParameterizedTest
    @ValueSource(classes = {CollectionAlias.class, MilvusConnection.class, ClusterMilvusConnection.class})
    void committedCrdIsCurrent(Class<? extends CustomResource<?, ?>> type) throws Exception {
        CustomResourceDefinition crd = generate(type);
        String fresh = YAML.writeValueAsString(crd);
        String file = crd.getMetadata().getName() + ".yaml";
        GeneratedFiles.assertCurrent(fresh, CRDS.resolve(file), CHART_CRDS.resolve(file), BUNDLE.resolve(file));
    }

    private static CustomResourceDefinition generate(Class<? extends CustomResource<?, ?>> type) throws Exception {
        Map<String, ByteArrayOutputStream> files = new TreeMap<>();
        new CRDGenerator().customResourceClasses(type).forCRDVersions("v1").withOutput(new InMemory(files)).generate();
        assertThat(files).hasSize(1);
        byte[] yaml = files.values().iterator().next().toByteArray();
        CustomResourceDefinition crd = Serialization.unmarshal(new ByteArrayInputStream(yaml),
                CustomResourceDefinition.class);
        for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
            orderColumnsAsDeclared(version, type);
            leaveOutWhatTheServerDrops(version);
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            root.setRequired(List.of("spec"));
            mergeConditionsByType(root);
            notLookedAtYet(root);
            eachRuleOnce(root);
        }
        return crd;
    }

    /** The generator sorts columns by their path; people read them from left to right. */
    private static void orderColumnsAsDeclared(CustomResourceDefinitionVersion version, Class<?> type) {
        List<String> declared = Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name).toList();
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt(column -> declared.indexOf(column.getName())));
    }

    /** The server stores no priority of 0. A server-side apply of one differs from what `kubectl apply` has left, and conflicts. */
    private static void leaveOutWhatTheServerDrops(CustomResourceDefinitionVersion version) {
        version.getAdditionalPrinterColumns().stream().filter(column -> Objects.equals(column.getPriority(), 0))
                .forEach(column -> column.setPriority(null));
    }

    /** The generator has no annotation for this: conditions are merged by their type, not by their place. */
    private static void mergeConditionsByType(JSONSchemaProps root) {
        JSONSchemaProps conditions = root.getProperties().get("status").getProperties().get("conditions");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
    }

    /** Without it, kstatus takes a new object for one that is as it should be. */
    private static void notLookedAtYet(JSONSchemaProps root) {
        root.getProperties().get("status")
                .setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", Api.UNOBSERVED));
    }

    /** The generator finds a rule of a record's component on the field and on its accessor. */
    private static void eachRuleOnce(JSONSchemaProps node) {
        node.setXKubernetesValidations(node.getXKubernetesValidations().stream().distinct().toList());
        node.getProperties().values().forEach(CrdsTest::eachRuleOnce);
    }

    private record InMemory(Map<String, ByteArrayOutputStream> files)
            implements
                io.fabric8.crdv2.generator.CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return files.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
        }

        @Override
        public void close() {}
    }
}
