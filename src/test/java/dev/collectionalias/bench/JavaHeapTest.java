package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JavaHeapTest {

    @Test
    void itIsTheSumOfAllClasses() {
        assertThat(JavaHeap.in("""
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:          4198       22969704  [C (java.base@25)
                Total       3152570        3145728
                """).mib()).isEqualTo(3);
    }

    @Test
    void whatIsNoHistogramIsRefused() {
        assertThatThrownBy(() -> JavaHeap.in("4711: no such process")).hasMessageContaining("no such process");
    }
}
