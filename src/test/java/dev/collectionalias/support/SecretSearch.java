package dev.collectionalias.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for many secrets in files at once: each as it is, and in base64 wherever in a longer text it may have been when
 * that was encoded.
 */
final class SecretSearch {

    /** What is compared at each place of a file; every needle is at least as long. */
    private static final int WINDOW = Long.BYTES;
    private static final int BUCKETS = 1 << 16;
    private static final int BITS_OF_A_DIGIT = 6;
    private static final int GROUP = 3;

    @SuppressWarnings("ArrayRecordComponent") // needles are never compared
    private record Needle(byte[] bytes, String name) {}

    /** Where a secret was found; which one it is, but not what it is. */
    record Find(String secret, Path file, long line) {
        @Override
        public String toString() {
            return "%s is in %s, line %d".formatted(secret, file, line);
        }
    }

    private final Map<Long, List<Needle>> byBeginning = new HashMap<>();
    private final BitSet beginnings = new BitSet(BUCKETS);

    /** @param names what each secret is, by the secret */
    SecretSearch(Map<String, String> names) {
        names.forEach((secret, name) -> formsOf(secret).forEach(form -> add(new Needle(form.getBytes(UTF_8), name))));
    }

    private void add(Needle needle) {
        long beginning = ByteBuffer.wrap(needle.bytes()).getLong();
        byBeginning.computeIfAbsent(beginning, first -> new ArrayList<>()).add(needle);
        beginnings.set(bucket(beginning));
    }

    private static Set<String> formsOf(String secret) {
        Set<String> forms = new LinkedHashSet<>(List.of(secret));
        for (int before = 0; before < GROUP; before++) {
            byte[] text = secret.getBytes(UTF_8);
            byte[] within = new byte[before + text.length];
            System.arraycopy(text, 0, within, before, text.length);
            // The digits that depend on the secret alone.
            int from = (before * Byte.SIZE + BITS_OF_A_DIGIT - 1) / BITS_OF_A_DIGIT;
            int to = within.length * Byte.SIZE / BITS_OF_A_DIGIT;
            forms.add(Base64.getEncoder().encodeToString(within).substring(from, to));
            forms.add(Base64.getUrlEncoder().encodeToString(within).substring(from, to));
        }
        return forms;
    }

    /** @param places files, or directories that are searched with everything in them */
    List<Find> in(List<Path> places) {
        return places.stream().flatMap(SecretSearch::files).flatMap(file -> in(file).stream()).toList();
    }

    private static Stream<Path> files(Path place) {
        try (Stream<Path> tree = Files.walk(place)) {
            return tree.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each secret once, at the first place where it is. */
    private List<Find> in(Path file) {
        Map<String, Find> finds = new HashMap<>();
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer text = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            long window = 0;
            long line = 1;
            for (int end = 0; end < text.limit(); end++) {
                byte next = text.get(end);
                window = window << Byte.SIZE | next & 0xff;
                line += next == '\n' ? 1 : 0;
                if (end >= WINDOW - 1 && beginnings.get(bucket(window))) {
                    for (Needle needle : byBeginning.getOrDefault(window, List.of())) {
                        if (isAt(text, end - WINDOW + 1, needle.bytes())) {
                            finds.putIfAbsent(needle.name(), new Find(needle.name(), file, line));
                        }
                    }
                }
            }
            return List.copyOf(finds.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAt(ByteBuffer text, int start, byte[] needle) {
        if (text.limit() - start < needle.length) {
            return false;
        }
        byte[] there = new byte[needle.length];
        text.get(start, there);
        return Arrays.equals(there, needle);
    }

    private static int bucket(long window) {
        return (int) (window * 0x9E3779B97F4A7C15L >>> 48);
    }
}
