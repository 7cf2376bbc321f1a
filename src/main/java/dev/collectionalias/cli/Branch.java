package dev.collectionalias.cli;

import java.util.ArrayList;
import java.util.List;

/** A line of a tree and the branches below it. */
record Branch(String text, List<Branch> below) {

    List<String> lines(Paint paint) {
        List<String> lines = new ArrayList<>(List.of(text));
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            List<String> hanging = below.get(i).lines(paint);
            lines.add(paint.faint(last ? "└── " : "├── ") + hanging.getFirst());
            hanging.stream().skip(1).map(line -> paint.faint(last ? "    " : "│   ") + line).forEach(lines::add);
        }
        return lines;
    }
}
