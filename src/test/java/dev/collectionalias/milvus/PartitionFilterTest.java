package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.milvus.v2.common.DataType;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A search of isolated partition keys names one of them, in a way that Milvus reads. */
class PartitionFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE", "1", "t"})
    void isolatedKeysNeedAFilter(String isolation) {
        assertThat(PartitionFilter.key(collection(Map.of("partitionkey.isolation", isolation), "tenant")))
                .contains("tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "0", ""})
    void keysThatAreNotIsolatedNeedNone(String isolation) {
        assertThat(PartitionFilter.key(collection(Map.of("partitionkey.isolation", isolation), "tenant"))).isEmpty();
    }

    @Test
    void aCollectionWithoutThePropertyOrWithoutAKeyNeedsNone() {
        assertThat(PartitionFilter.key(collection(Map.of("mmap.enabled", "true"), "tenant"))).isEmpty();
        assertThat(PartitionFilter.key(collection(Map.of("partitionkey.isolation", "true"), "none"))).isEmpty();
    }

    @Test
    void numbersStandForThemselves() {
        assertThat(PartitionFilter.of("tenant", -7L)).isEqualTo("tenant == -7");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', value = {
            "acme,       \"acme\"",
            "it's,       \"it's\"",
            "a\"b,        \"a\\\"b\"",
            "a\\b,        \"a\\\\b\"",
            "a\\\"b,       \"a\\\\\\\"b\"",
            "Ülkü 店,     \"Ülkü 店\""})
    void textsAreQuoted(String value, String literal) {
        assertThat(PartitionFilter.of("tenant", value)).isEqualTo("tenant == " + literal);
    }

    @Test
    void aTextOfSeveralLinesIsQuotedOnOne() {
        assertThat(PartitionFilter.of("tenant", "a\r\nb")).isEqualTo("tenant == \"a\\r\\nb\"");
        assertThat(PartitionFilter.of("tenant", "")).isEqualTo("tenant == \"\"");
    }

    private static DescribeCollectionResp collection(Map<String, String> properties, String partitionKey) {
        CollectionSchema schema = CollectionSchema.builder().fieldSchemaList(List.of(
                FieldSchema.builder().name("id").dataType(DataType.Int64).isPrimaryKey(true).build(),
                FieldSchema.builder().name("tenant").dataType(DataType.VarChar)
                        .isPartitionKey(partitionKey.equals("tenant")).build()))
                .build();
        return DescribeCollectionResp.builder().collectionName("c").collectionSchema(schema).properties(properties)
                .build();
    }
}
