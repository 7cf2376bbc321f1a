package dev.collectionalias.kubernetes;

import static dev.collectionalias.support.Sentences.assertAllSentences;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.kubernetes.SettingsReader.Settings;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.reconciler.ConnectionReport;
import dev.collectionalias.reconciler.ConnectionReporter;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Authority.Identity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Secrets are filled by people and by tools: whatever is in one, there are settings or a sentence, and nothing of it is shown. */
class SettingsPropertiesTest {

    private static final MilvusConnection CONNECTION = Serialization.unmarshal("""
            apiVersion: collectionalias.dev/v1alpha1
            kind: MilvusConnection
            metadata: {namespace: shop, name: default, generation: 1}
            spec:
              uri: https://milvus:19530
              auth: {secretRef: {name: secret}}
              tls: {caRef: {name: secret}, clientCertSecretRef: {name: secret}}
            """, MilvusConnection.class);
    /** What is no piece of a secret, but could be by chance. */
    private static final int PIECE = 10;

    private static List<String> texts;

    @BeforeContainer
    static void identities() {
        Authority authority = new Authority("authority");
        Identity ec = authority.issue("dns:client");
        Identity rsa = authority.issueRsa("dns:client");
        texts = List.of(ec.certificatePem(), ec.keyPem(), rsa.certificatePem(), rsa.keyPem(),
                rsa.keyPem().replace("PRIVATE", "RSA PRIVATE"), ec.keyPem().replace("PRIVATE", "EC PRIVATE"),
                authority.certificatePem() + ec.certificatePem(), ec.certificatePem() + ec.keyPem());
    }

    @Property(tries = 500)
    void anythingInASecretIsSettingsOrASentenceWithoutIt(@ForAll("values") String token,
            @ForAll("values") String authorities, @ForAll("values") String certificate, @ForAll("values") String key) {
        Map<String, String> data = new HashMap<>();
        data.put("token", token);
        data.put("ca.crt", authorities);
        data.put("tls.crt", certificate);
        data.put("tls.key", key);

        assertNothingShown(data);
    }

    /** The rest is right, so that what is wrong in one place is found there. */
    @Property(tries = 500)
    void aKeyPairThatIsAlmostRight(@ForAll("pairs") List<String> pair) {
        Map<String, String> data = new HashMap<>();
        data.put("token", base64("app:Pw-0123456789abcdef".getBytes(UTF_8)));
        data.put("ca.crt", base64(texts.getFirst().getBytes(UTF_8)));
        data.put("tls.crt", pair.getFirst());
        data.put("tls.key", pair.getLast());

        assertNothingShown(data);
    }

    private static void assertNothingShown(Map<String, String> data) {
        Settings settings = SettingsReader.read(CONNECTION,
                reference -> Optional.of(ReferencedObjects.entries(new SecretBuilder().withData(data).build())),
                milvus -> new ManagedMilvuses.Nowhere("not asked for", SettingsReader.Lack.GONE));

        String shown = switch (settings) {
            case Settings.Complete complete -> complete.settings().toString();
            case Settings.Incomplete incomplete -> {
                ConnectionReport report = ConnectionReporter.report(1, MilvusConnectionStatus.EMPTY,
                        new Failed(incomplete.reason(), incomplete.why(),
                                Loss.NONE),
                        List.of(), Instant.EPOCH,
                        0);
                assertAllSentences(report.status().conditions(), report.announcements());
                yield report.toString();
            }
        };
        data.values().stream().flatMap(SettingsPropertiesTest::pieces)
                .forEach(piece -> assertThat(shown.contains(piece)).as(() -> piece + " in " + shown).isFalse());
    }

    private static Stream<String> pieces(String value) {
        String text = decoded(value);
        return Stream.concat(windows(value), text.lines().filter(line -> !line.startsWith("-----"))
                .flatMap(SettingsPropertiesTest::windows));
    }

    /** Enough of them that any longer piece has one in it. */
    private static Stream<String> windows(String text) {
        return text.length() < PIECE || text.length() > 20_000
                ? Stream.empty()
                : Stream.iterate(0, at -> at + PIECE <= text.length(), at -> at + PIECE)
                        .map(at -> text.substring(at, at + PIECE)).filter(piece -> piece.strip().length() == PIECE);
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(value), UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    /** As the API has them: in base64, or what is none. */
    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> binary = Arbitraries.bytes().array(byte[].class).ofMaxSize(300)
                .map(SettingsPropertiesTest::base64);
        Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(300).map(it -> base64(it.getBytes(UTF_8)));
        Arbitrary<String> huge = Arbitraries
                .of("A", "-----BEGIN PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----\n", "\n")
                .map(it -> base64(it.repeat(700_000 / it.length()).getBytes(UTF_8)));
        Arbitrary<String> noBase64 = Arbitraries.strings().ascii().ofMaxLength(50);
        return Arbitraries.frequencyOf(Tuple.of(10, mangled()), Tuple.of(5, binary),
                Tuple.of(5, text), Tuple.of(1, huge), Tuple.of(2, noBase64),
                Tuple.of(2, Arbitraries.just("")));
    }

    @Provide
    Arbitrary<List<String>> pairs() {
        return Combinators.combine(Arbitraries.integers().between(0, 1), Arbitraries.of(true, false),
                Arbitraries.longs(), Arbitraries.integers().between(0, 3)).as((which, certificate, seed, changes) -> {
                    List<String> pair = new ArrayList<>(List.of(texts.get(2 * which), texts.get(2 * which + 1)));
                    int changed = certificate ? 0 : 1;
                    pair.set(changed, mangle(pair.get(changed), new Random(seed), changes));
                    return pair.stream().map(text -> base64(text.getBytes(UTF_8))).toList();
                });
    }

    private static Arbitrary<String> mangled() {
        return Combinators.combine(Arbitraries.integers().between(0, 7), Arbitraries.longs(),
                Arbitraries.integers().between(0, 5))
                .as((which, seed,
                        changes) -> base64(mangle(texts.get(which), new Random(seed), changes).getBytes(UTF_8)));
    }

    private static String mangle(String pem, Random random, int changes) {
        String text = pem;
        for (int i = 0; i < changes; i++) {
            text = switch (random.nextInt(6)) {
                case 0 -> withoutPart(text, random);
                case 1 -> withOtherCharacter(text, random);
                case 2 -> text.replace("PRIVATE KEY", random.nextBoolean() ? "EC PRIVATE KEY" : "RSA PRIVATE KEY");
                case 3 -> shuffled(text, random);
                default -> withOtherBytes(text, random);
            };
        }
        return text;
    }

    private static String withoutPart(String text, Random random) {
        if (text.isEmpty()) {
            return text;
        }
        int from = random.nextInt(text.length());
        return text.substring(0, from) + text.substring(Math.min(text.length(), from + 1 + random.nextInt(80)));
    }

    private static String withOtherCharacter(String text, Random random) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + (char) random.nextInt(300) + text.substring(at + 1);
    }

    private static String shuffled(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        Collections.shuffle(lines, random);
        return String.join("\n", lines);
    }

    /** Still PEM, of something that is almost DER. */
    private static String withOtherBytes(String text, Random random) {
        String[] lines = text.lines().toArray(String[]::new);
        String body = text.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        try {
            byte[] der = Base64.getMimeDecoder().decode(body.getBytes(ISO_8859_1));
            for (int i = 0; i <= random.nextInt(3) && der.length > 0; i++) {
                der[random.nextInt(der.length)] = (byte) random.nextInt();
            }
            return lines.length < 2 ? text : Authority.pem(lines[0].replaceAll("-----(BEGIN )?", ""), der);
        } catch (IllegalArgumentException noneAnyMore) {
            return text;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
