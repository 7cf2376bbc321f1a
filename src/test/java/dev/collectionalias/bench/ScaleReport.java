package dev.collectionalias.bench;

import java.util.Map;
import java.util.Optional;

/**
 * What was measured with many objects.
 *
 * @param server  the Milvus that it was measured on
 * @param figures by contender, in the order of the table
 * @param gaveUp  why there are none, by contender
 */
record ScaleReport(ScaleSettings settings, String server, Map<String, ScaleFigures> figures,
        Map<String, String> gaveUp, ImageLayers image) {

    Optional<ScaleFigures> of(String contender) {
        return Optional.ofNullable(figures.get(contender));
    }
}
