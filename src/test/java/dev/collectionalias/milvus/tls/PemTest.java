package dev.collectionalias.milvus.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Authority.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as Secrets have them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PemTest {

    /** The JDK reads such a key and makes none. */
    private static final String ON_P_224 = """
            -----BEGIN CERTIFICATE-----
            MIIBkDCCATagAwIBAgIULtz2mTljDzgyx7oIKwcUM/fhSVcwCgYIKoZIzj0EAwIw
            DTELMAkGA1UEAwwCY2EwHhcNMjYxMTMwMTIzMjE4WhcNMjYxMjIwMTIzMjE4WjAP
            MQ0wCwYDVQQDDARwMjI0ME4wEAYHKoZIzj0CAQYFK4EEACEDOgAEQTMjif5kmNEI
            JfmYGuR1GFARATWeA9SfH9o8gR73l72aCQs8BMos2LM3mrcIc3C00eoRVsH1J96j
            fTB7MBoGA1UdEQQTMBGHBH8AAAGCCXAyMjQudGVzdDAdBgNVHSUEFjAUBggrBgEF
            BQcDAQYIKwYBBQUHAwIwHQYDVR0OBBYEFPYrb7QQPV80CAXMoCsIY2AcghRmMB8G
            A1UdIwQYMBaAFHko4dxlm7C5/zTfUxK3GYZXwZbXMAoGCCqGSM49BAMCA0gAMEUC
            IGMdG0OI0YwEdbzOxHvAdq/t6Vg+r3mI1DVZ7XKxWhczAiEAk4RD4vsyM1hAA4ZX
            DVxwfkPrtNr6XnaSG5G3VwTa1BY=
            -----END CERTIFICATE-----
            """;

    private final Authority authority = new Authority("authority");
    private Identity ec;
    private Identity rsa;

    @BeforeAll
    void identities() {
        ec = authority.issue("dns:client");
        rsa = authority.issueRsa("dns:client");
    }

    @Test
    void keysAreReadInEachFormThatCertManagerWrites() {
        assertThat(ClientCertificate.of(ec.certificatePem(), ec.keyPem()).key()).isEqualTo(ec.key());
        assertThat(ClientCertificate.of(rsa.certificatePem(), rsa.keyPem()).key()).isEqualTo(rsa.key());
        assertThat(ClientCertificate.of(rsa.certificatePem(), withoutAlgorithm("RSA PRIVATE KEY", rsa.key())).key())
                .isEqualTo(rsa.key());
        assertSameNumber(ClientCertificate.of(ec.certificatePem(), withoutAlgorithm("EC PRIVATE KEY", ec.key())).key(),
                ec.key());
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, PKCS8", "secp384r1, SEC1", "secp521r1, PKCS8", "secp521r1, SEC1", "Ed25519, PKCS8"})
    void keysOfEachKindThatWorksAreRead(String kind, String form) {
        Identity identity = authority.issueFor(kind, "dns:client");
        String pem = form.equals("SEC1") ? withoutAlgorithm("EC PRIVATE KEY", identity.key()) : identity.keyPem();

        assertThat(ClientCertificate.of(identity.certificatePem(), pem).chain())
                .containsExactly(identity.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed448", "RSASSA-PSS", "DSA"})
    void keysThatDoNotWorkAreNamedWithThoseThatDo(String kind) {
        Identity identity = authority.issueFor(kind, "dns:client");

        assertWrong(identity.certificatePem(), identity.keyPem(), "the certificate's key is " + kind
                + ", which Milvus does not accept; RSA, ECDSA on P-256, P-384 or P-521, and Ed25519 work");
    }

    @Test
    void aKeyOnAnotherCurveDoesNotWork() {
        assertWrong(ON_P_224, ec.keyPem(), "the certificate's key is ECDSA on another curve, which Milvus does not "
                + "accept; RSA, ECDSA on P-256, P-384 or P-521, and Ed25519 work");
    }

    @Test
    void textAroundTheBlocksDoesNotMatter() {
        String pem = "subject=CN=authority\r\n" + authority.certificatePem().replace("\n", "\r\n") + "\n# next\n"
                + ec.certificatePem();

        assertThat(Pem.certificates(pem)).containsExactly(authority.certificate(), ec.certificate());
    }

    @Test
    void whatIsWrongIsSaidWithoutTheKey() {
        String body = ec.keyPem().lines().skip(1).findFirst().orElseThrow();
        assertWrong(ec.keyPem(), ec.keyPem(), "there is no certificate in PEM");
        assertWrong(ec.certificatePem().replace("MII", "AAA"), ec.keyPem(), "a certificate can't be read");
        assertWrong(ec.certificatePem(), ec.certificatePem(), "there is no private key in PEM");
        assertWrong(ec.certificatePem(), ec.keyPem().replace(body, ""),
                "the private key can't be read, or is not the certificate's");
        assertWrong(ec.certificatePem(), ec.keyPem().replace(body, body.substring(1)),
                "the private key can't be read, or is not the certificate's");
        assertWrong(ec.certificatePem().replace("MII", "MI"), ec.keyPem(), "a certificate can't be read");
        assertWrong(ec.certificatePem(), rsa.keyPem(), "the private key can't be read, or is not the certificate's");
        assertWrong(ec.certificatePem(), authority.issue("dns:other").keyPem(),
                "the private key is not the certificate's");
        assertWrong(ec.certificatePem(), ec.keyPem().replace("PRIVATE", "ENCRYPTED PRIVATE"),
                "the private key is encrypted, which nobody can decrypt here");
    }

    @Test
    void noTextOfSettingsHasAKeyInIt() {
        ClientCertificate certificate = ClientCertificate.of(rsa.certificatePem(), rsa.keyPem());
        Tls tls = new Tls(List.of(), Optional.of(certificate), Optional.empty());

        assertThat(certificate).hasToString("client certificate of CN=issued-2 by authority");
        assertThat(tls).hasToString("TLS with 0 authorities, a client certificate, for the host");
    }

    private static void assertWrong(String certificates, String key, String sentence) {
        assertThatThrownBy(() -> ClientCertificate.of(certificates, key)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    /** SEC 1 need not have the public key, with which Java would find the two equal. */
    private static void assertSameNumber(PrivateKey one, PrivateKey other) {
        assertThat(number(one)).isEqualTo(number(other));
    }

    private static BigInteger number(PrivateKey key) {
        return ((java.security.interfaces.ECPrivateKey) key).getS();
    }

    /** What PKCS #8 wraps: version, algorithm, and the key in the form that was there before it. */
    private static String withoutAlgorithm(String label, PrivateKey key) {
        ByteBuffer der = ByteBuffer.wrap(key.getEncoded());
        enter(der);
        der.position(der.position() + 3);
        int algorithm = enter(der);
        der.position(der.position() + algorithm);
        byte[] wrapped = new byte[enter(der)];
        der.get(wrapped);
        return Authority.pem(label, wrapped);
    }

    private static int enter(ByteBuffer der) {
        der.get();
        int first = der.get() & 0xff;
        return first < 0x80 ? first : first == 0x81 ? der.get() & 0xff : der.getShort() & 0xffff;
    }
}
