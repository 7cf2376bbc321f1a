package dev.collectionalias.schema;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** One kind in one version, and the demands on its objects. */
public final class KindSchema {

    /** The fields that every object may have besides those of its schema. */
    private static final List<String> OF_EVERY_OBJECT = List.of("apiVersion", "kind", "metadata");

    private final String apiVersion;
    private final String kind;
    private final boolean namespaced;
    private final JSONSchemaProps schema;
    private final Rules rules;

    KindSchema(CustomResourceDefinition crd, CustomResourceDefinitionVersion version, Rules rules) {
        this.apiVersion = crd.getSpec().getGroup() + "/" + version.getName();
        this.kind = crd.getSpec().getNames().getKind();
        this.namespaced = crd.getSpec().getScope().equals("Namespaced");
        this.schema = version.getSchema().getOpenAPIV3Schema();
        this.rules = rules;
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String kind() {
        return kind;
    }

    public boolean isNamespaced() {
        return namespaced;
    }

    /** The rules about changes. Nobody can check them without the object before the change. */
    public List<String> changeRules() {
        return Rules.aboutChanges(schema);
    }

    /**
     * Checks a change between two valid objects for faults for which the API server would refuse it.
     *
     * @param before as it is stored
     * @param after  as it would be stored
     */
    public List<Finding> checkChange(ObjectNode before, ObjectNode after) {
        return rules.changeFindings(schema, before, after);
    }

    /** @param object stays as it is */
    public Checked check(ObjectNode object) {
        ObjectNode stored = object.deepCopy();
        ObjectNode body = stored.deepCopy();
        body.remove(OF_EVERY_OBJECT);
        List<Finding> findings = new ArrayList<>(MetadataCheck.findings(stored.path("metadata"), namespaced));
        Defaults.apply(schema, body);
        findings.addAll(StructureCheck.findings(schema, body));
        if (findings.isEmpty()) { // a rule may rely on the structure
            findings.addAll(rules.findings(schema, body));
        }
        body.properties().forEach(field -> stored.set(field.getKey(), field.getValue()));
        return new Checked(findings, stored);
    }
}
