package dev.collectionalias.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** A page of the documentation, as a reader's browser has it. */
record Page(Path file, List<String> headings, List<String> links, List<Block> blocks) {

    /**
     * A block of code.
     *
     * @param name of the file that it is, if the paragraph before it names one; else empty
     */
    record Block(Path file, int line, String language, String name, String code) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    private static final Parser PARSER = Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

    /** All that are for readers: what is generated for tools and what belongs to the tests is not. */
    static List<Page> all() {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> deploy = Files.walk(Path.of("deploy"))) {
            return Stream.of(top, docs, deploy).flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md")).sorted().map(Page::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of code of one language, on all pages. */
    static List<Block> blocks(String language) {
        return all().stream().flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals(language)).toList();
    }

    static Page read(Path file) {
        Page page = new Page(file, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try {
            PARSER.parse(Files.readString(file)).accept(page.new Reader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page;
    }

    /** What a link may have behind its {@code #}, by the rules of GitHub: the second heading of a name ends in -1. */
    List<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return headings.stream().map(heading -> {
            String anchor = heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            return before == 0 ? anchor : anchor + "-" + before;
        }).toList();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private final class Reader extends AbstractVisitor {

        @Override
        public void visit(Heading heading) {
            headings.add(words(heading));
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            links.add(link.getDestination());
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            links.add(image.getDestination());
        }

        @Override
        public void visit(FencedCodeBlock block) {
            SourceSpan start = block.getSourceSpans().getFirst();
            blocks.add(new Block(file, start.getLineIndex() + 1, block.getInfo(), nameBefore(block),
                    block.getLiteral()));
        }
    }

    private static String nameBefore(Node block) {
        List<String> names = new ArrayList<>(List.of(""));
        if (block.getPrevious() instanceof Paragraph paragraph) {
            paragraph.accept(new AbstractVisitor() {
                @Override
                public void visit(Code code) {
                    if (code.getLiteral().matches("\\w+\\.(py|yaml)")) {
                        names.add(code.getLiteral());
                    }
                }
            });
        }
        return names.getLast();
    }

    private static String words(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text words) {
                text.append(words.getLiteral());
            }

            @Override
            public void visit(Code code) {
                text.append(code.getLiteral());
            }
        });
        return text.toString();
    }
}
