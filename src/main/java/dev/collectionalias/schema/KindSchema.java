package dev.collectionalias.schema;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** One kind in one version, and what its objects have to be. */
public final class KindSchema {

    /** What an object may have beside what its schema names. */
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

    /** The rules about changes, which can't be checked without the object as it was. */
    public List<String> changeRules() {
        return Rules.aboutChanges(schema);
    }

    /**
     * What the API server would refuse of a change, of two objects that it would accept each.
     *
     * @param before as it is stored
     * @param after  as it would be stored
     */
    public List<Finding> checkChange(ObjectNode before, ObjectNode after) {
        return rules.changeFindings(schema, before, after);
    }

    /** @param object is left as it is */
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
