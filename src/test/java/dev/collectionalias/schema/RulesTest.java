package dev.collectionalias.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import org.junit.jupiter.api.Test;

/** Rules that the CRDs may have one day. */
class RulesTest {

    private static final ObjectMapper YAML = new YAMLMapper();

    private static String findings(String schema, String object) throws IOException {
        return new Rules().findings(YAML.readValue(schema, JSONSchemaProps.class), YAML.readTree(object)).toString();
    }

    @Test
    void numbersAreCompared() throws IOException {
        String schema = """
                {type: object, properties: {min: {type: integer}, max: {type: integer}},
                 x-kubernetes-validations: [{rule: "self.min <= self.max && self.max < 2147483648", message: too small}]}
                """;

        assertThat(findings(schema, "{min: 1, max: 7}")).isEqualTo("[]");
        assertThat(findings(schema, "{min: 7, max: 1}"))
                .isEqualTo("[: Invalid value: \"object\": too small]");
    }

    @Test
    void eachItemOfAListIsHeldAgainstItsRules() throws IOException {
        assertThat(findings("""
                {type: object, properties: {names: {type: array, items:
                  {type: string, x-kubernetes-validations: [{rule: "self.startsWith('a')"}]}}}}
                """, "{names: [ab, b, ac]}"))
                .isEqualTo("[names[1]: Invalid value: \"b\": failed rule: self.startsWith('a')]");
    }

    @Test
    void aRuleThatCannotBeEvaluatedDoesNotHold() throws IOException {
        assertThat(findings("{type: object, x-kubernetes-validations: [{rule: self.gone == 1, message: no}]}", "{}"))
                .contains("no");
    }

    @Test
    void aRuleAboutAChangeIsLeftOut() throws IOException {
        assertThat(findings("{type: object, x-kubernetes-validations: [{rule: self == oldSelf}]}", "{}"))
                .isEqualTo("[]");
    }

    @Test
    void aRuleThatIsNoneIsAnError() {
        assertThatThrownBy(() -> findings("{type: object, x-kubernetes-validations: [{rule: self ==}]}", "{}"))
                .hasMessage("a rule of a CRD can't be read: self ==");
    }
}
