package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import dev.collectionalias.bench.BarChart.Bar;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {

    private static Document drawn(BarChart chart) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(
                "<svg>%s</svg>".formatted(chart.svg(0)).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> all(Document document, String tag) {
        NodeList found = document.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    private static double width(Element rectangle) {
        return Double.parseDouble(rectangle.getAttribute("width"));
    }

    @Test
    void barsAreAsLongAsTheirFigures() throws Exception {
        List<Element> bars = all(drawn(new BarChart("rates", List.of(new Bar("a", 100, Double.NaN),
                new Bar("b", 25, Double.NaN)))), "rect");

        assertThat(bars).hasSize(2);
        assertThat(width(bars.get(1))).isEqualTo(width(bars.get(0)) / 4);
    }

    @Test
    void theFigureIsDrawnOverWhatGoesBeyondIt() throws Exception {
        List<Element> bars = all(drawn(new BarChart("latencies", List.of(new Bar("a", 10, 40)))), "rect");

        assertThat(bars).extracting(bar -> bar.getAttribute("class")).containsExactly("beyond", "figure");
        assertThat(width(bars.get(1))).isEqualTo(width(bars.get(0)) / 4);
    }

    @Test
    void textsAreWhatTheyAre() throws Exception {
        List<Element> texts = all(drawn(new BarChart("p50 < p99 & more", List.of(new Bar("a & b", 10, 40.25)))),
                "text");

        assertThat(texts).extracting(Element::getTextContent).containsExactly("p50 < p99 & more", "a & b", "10 / 40.3");
    }
}
