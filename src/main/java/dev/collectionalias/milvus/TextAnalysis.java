package dev.collectionalias.milvus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;

/** Reads by which settings a server takes the text of a field apart. Two settings that mean the same are equal. */
final class TextAnalysis {

    private static final ObjectMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    private static final List<String> PARAMS = List.of("analyzer_params", "multi_analyzer_params");

    private TextAnalysis() {}

    static Map<String, String> of(FieldSchema field) {
        Map<String, String> settings = new HashMap<>();
        // A server may leave out a setting that is off.
        if (Boolean.TRUE.equals(field.getEnableAnalyzer())) {
            settings.put("enable_analyzer", "true");
        }
        if (Boolean.TRUE.equals(field.getEnableMatch())) {
            settings.put("enable_match", "true");
        }
        Map<String, String> told = field.getTypeParams() == null ? Map.of() : field.getTypeParams();
        PARAMS.stream().filter(told::containsKey).forEach(key -> settings.put(key, sorted(told.get(key))));
        return settings;
    }

    private static String sorted(String json) {
        try {
            return SORTED.writeValueAsString(SORTED.readValue(json, Object.class));
        } catch (JsonProcessingException e) {
            return json;
        }
    }
}
