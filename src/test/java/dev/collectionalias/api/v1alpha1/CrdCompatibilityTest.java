package dev.collectionalias.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrdCompatibilityTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            {}                          ~ {description: other, title: t}
            {}                          ~ {properties: {new: {type: string, maxLength: 3, enum: [a]}}}
            {properties: {a: {}}}       ~ {properties: {a: {default: x}}, required: [a]}
            {required: [a, b]}          ~ {required: [a]}
            {enum: [a, b]}              ~ {enum: [c, b, a]}
            {enum: [a]}                 ~ {}
            {minLength: 2}              ~ {minLength: 1}
            {minimum: 1}                ~ {minimum: 1.0}
            {minItems: 2}               ~ {}
            {maxLength: 9}              ~ {maxLength: 10}
            {maximum: 9}                ~ {}
            {pattern: a}                ~ {}
            {format: int32}             ~ {}
            {oneOf: [{required: [a]}]}  ~ {}
            {}                          ~ {nullable: true}
            {}                          ~ {default: 5}
            {x-kubernetes-validations: [{rule: self > 1, message: a}]} ~ {x-kubernetes-validations: [{rule: self > 1, message: b}]}
            {x-kubernetes-validations: [{rule: self > 1}]}             ~ {}
            {properties: {old: {}}}     ~ {properties: {old: {}}, x-kubernetes-validations: [{rule: '!has(self.new) || has(self.old)'}]}
            {properties: {old: {}}}     ~ {properties: {old: {}}, x-kubernetes-validations: [{rule: '!has(self.old) || !has(self.old.new) || self.old.new > 1'}]}
            """)
    void whatAllowsMoreBreaksNobody(String released, String current) throws IOException {
        assertThat(CrdCompatibility.brokenSchema(yaml(released), yaml(current))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            {type: integer}             ~ {type: number}                      ~ : type was "integer" and is "number"
            {properties: {a: {}}}       ~ {}                                  ~ .a: is gone
            {properties: {a: {properties: {b: {}}}}} ~ {properties: {a: {}}}  ~ .a.b: is gone
            {items: {maxLength: 9}}     ~ {items: {maxLength: 8}}             ~ []: maxLength was 9 and is 8
            {additionalProperties: {type: string}} ~ {}                       ~ []: is gone
            {additionalProperties: true} ~ {}                                 ~ []: was true and is absent
            {}                          ~ {required: [a]}                     ~ .a: has become required
            {required: [a]}             ~ {required: [a, b]}                  ~ .b: has become required
            {enum: [a, b]}              ~ {enum: [a, c]}                      ~ : does not take "b" any more
            {}                          ~ {enum: [a]}                         ~ : takes only ["a"] now
            {minLength: 1}              ~ {minLength: 2}                      ~ : minLength was 1 and is 2
            {}                          ~ {minimum: 0}                        ~ : minimum was absent and is 0
            {maxItems: 9}               ~ {maxItems: 8}                       ~ : maxItems was 9 and is 8
            {}                          ~ {maxProperties: 9}                  ~ : maxProperties was absent and is 9
            {}                          ~ {exclusiveMinimum: true}            ~ : exclusiveMinimum was absent and is true
            {pattern: a}                ~ {pattern: b}                        ~ : pattern was "a" and is "b"
            {}                          ~ {format: date-time}                 ~ : format was absent and is "date-time"
            {}                          ~ {multipleOf: 2}                     ~ : multipleOf was absent and is 2
            {}                          ~ {not: {enum: [a]}}                  ~ : not was absent and is {"enum":["a"]}
            {nullable: true}            ~ {}                                  ~ : nullable was true and is absent
            {default: a}                ~ {default: b}                        ~ : default was "a" and is "b"
            {default: a}                ~ {}                                  ~ : default was "a" and is absent
            {x-kubernetes-int-or-string: true} ~ {}                           ~ : x-kubernetes-int-or-string was true and is absent
            {x-kubernetes-list-type: atomic} ~ {x-kubernetes-list-type: map}  ~ : x-kubernetes-list-type was "atomic" and is "map"
            {}                          ~ {x-of-tomorrow: 1}                  ~ : x-of-tomorrow was absent and is 1
            {}                          ~ {x-kubernetes-validations: [{rule: self > 1}]} ~ : has the new rule self > 1
            {x-kubernetes-validations: [{rule: self > 1}]} ~ {x-kubernetes-validations: [{rule: self > 0}]} ~ : has the new rule self > 0
            {properties: {a: {}}} ~ {properties: {a: {}}, x-kubernetes-validations: [{rule: '!has(self.a) || has(self.b)'}]} ~ : has the new rule !has(self.a) || has(self.b)
            {} ~ {x-kubernetes-validations: [{rule: '!has(self.a) || has(self.b) ? self.b : false'}]} ~ : has the new rule !has(self.a) || has(self.b) ? self.b : false
            """)
    void whatAllowsLessIsFoundWithItsPath(String released, String current, String broken) throws IOException {
        assertThat(CrdCompatibility.brokenSchema(yaml(released), yaml(current))).singleElement().asString()
                .startsWith(broken);
    }

    private static JsonNode definition(String spec) throws IOException {
        return yaml(
                "{spec: {group: g, scope: Namespaced, names: {kind: K, plural: ks, shortNames: [k]}, " + spec + "}}");
    }

    @Test
    void aVersionMoreBreaksNobody() throws IOException {
        assertThat(CrdCompatibility.broken(definition("versions: [{name: v1, served: true, storage: true}]"),
                definition(
                        "versions: [{name: v2, served: true, storage: true}, {name: v1, served: true, storage: false}]")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            versions: []                               ~ v1: is gone
            versions: [{name: v1, served: false}]      ~ v1: is not served any more
            versions: [{name: v1, served: true}]       ~ v1: the subresource status is gone
            """)
    void aVersionThatLosesSomethingIsFound(String versions, String broken) throws IOException {
        assertThat(CrdCompatibility.broken(
                definition("versions: [{name: v1, served: true, subresources: {status: {}}}]"), definition(versions)))
                .contains(broken);
    }

    @Test
    void whatTheKindIsCalledStays() throws IOException {
        JsonNode released = yaml(
                "{spec: {group: g, scope: Cluster, names: {kind: K, plural: ks, shortNames: [k, l]}}}");
        JsonNode current = yaml("{spec: {group: h, scope: Cluster, names: {kind: K, plural: kk, shortNames: [k, m]}}}");

        assertThat(CrdCompatibility.broken(released, current)).isEqualTo(List.of(": group was \"g\" and is \"h\"",
                "names: plural was \"ks\" and is \"kk\"", "names: shortNames has no \"l\" any more"));
    }

    private static JsonNode yaml(String text) throws IOException {
        return YAML.readTree(text);
    }
}
