package dev.collectionalias.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A sentence, as a reader takes it in: without the addresses of its links. A piece of code in it is one word,
 * and so is a list of them.
 *
 * @param line where it begins, from 1
 */
record Sentence(int line, String text) {

    private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();
    private static final Pattern END = Pattern.compile("[.!?][)\"']*(\\s+|$)");

    /** A list of them is looked through for one, not read. */
    private static final Pattern CODES = Pattern.compile("`[^`]+`(, `[^`]+`)+");

    /** Neither an end of a sentence nor of a word. */
    private static final char SPACE_IN_CODE = '\u00a0';

    /** Those of paragraphs, items of lists, headings and cells of tables. Blocks of code have none. */
    static List<Sentence> ofMarkdown(String page) {
        List<Sentence> sentences = new ArrayList<>();
        PARSER.parse(page).accept(new AbstractVisitor() {
            @Override
            public void visit(Paragraph paragraph) {
                sentences.addAll(new Run(paragraph).sentences());
            }

            @Override
            public void visit(Heading heading) {
                sentences.addAll(new Run(heading).sentences());
            }

            @Override
            public void visit(CustomNode node) {
                if (node instanceof TableCell) {
                    sentences.addAll(new Run(node).sentences());
                } else {
                    visitChildren(node);
                }
            }
        });
        return sentences;
    }

    /** Those of a text without markup. */
    static List<Sentence> ofText(int line, String text) {
        return split(text).map(part -> new Sentence(line, part.text())).toList();
    }

    long words() {
        return Stream.of(CODES.matcher(text).replaceAll("codes").split("\\s+"))
                .filter(word -> word.chars().anyMatch(Character::isLetterOrDigit)).count();
    }

    private record Part(int start, String text) {}

    private static Stream<Part> split(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher end = END.matcher(text);
        int start = 0;
        while (end.find()) {
            parts.add(new Part(start, text.substring(start, end.start(1))));
            start = end.end();
        }
        parts.add(new Part(start, text.substring(start).stripTrailing()));
        return parts.stream().filter(part -> !part.text().isEmpty());
    }

    /** The text of a block, which remembers the lines that it came from. */
    private static final class Run extends AbstractVisitor {

        private final StringBuilder text = new StringBuilder();
        private final NavigableMap<Integer, Integer> lines = new TreeMap<>();

        Run(Node block) {
            block.accept(new AbstractVisitor() {
                @Override
                public void visit(CustomNode cell) {
                    Run.this.visitChildren(cell);
                }

                @Override
                public void visit(Paragraph paragraph) {
                    Run.this.visitChildren(paragraph);
                }

                @Override
                public void visit(Heading heading) {
                    Run.this.visitChildren(heading);
                }
            });
        }

        List<Sentence> sentences() {
            return split(text.toString()).map(part -> new Sentence(lines.floorEntry(part.start()).getValue(),
                    part.text())).toList();
        }

        @Override
        public void visit(Text words) {
            append(words, words.getLiteral());
        }

        @Override
        public void visit(Code code) {
            append(code, "`" + code.getLiteral().replace(' ', SPACE_IN_CODE) + "`");
        }

        @Override
        public void visit(SoftLineBreak end) {
            text.append(' ');
        }

        @Override
        public void visit(HardLineBreak end) {
            text.append(' ');
        }

        private void append(Node node, String words) {
            node.getSourceSpans().stream().findFirst()
                    .ifPresent(span -> lines.put(text.length(), span.getLineIndex() + 1));
            text.append(words);
        }
    }
}
