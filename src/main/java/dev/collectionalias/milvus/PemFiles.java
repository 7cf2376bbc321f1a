package dev.collectionalias.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Certificates and a key as files, which is how the Milvus SDK takes them. It reads them while it is constructed and never
 * again, so that they are gone once that is over. Nobody else may read them meanwhile; the shipped Deployment
 * keeps the directory for temporary files in memory.
 */
final class PemFiles implements AutoCloseable {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    static final String PREFIX = "collection-alias-tls-";
    private static final String AUTHORITIES = "ca.pem";
    private static final String CERTIFICATE = "client.pem";
    private static final String KEY = "client.key";

    private final Path directory;

    PemFiles(Tls tls) {
        try {
            // Readable for its owner alone, as Java makes them.
            directory = Files.createTempDirectory(PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            write(AUTHORITIES, Pem.write(TlsMaterial.authorities(tls)));
            if (tls.clientCertificate().isPresent()) {
                write(CERTIFICATE, Pem.write(tls.clientCertificate().get().chain()));
                write(KEY, Pem.write(tls.clientCertificate().get().key()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    String authorities() {
        return directory.resolve(AUTHORITIES).toString();
    }

    String certificate() {
        return directory.resolve(CERTIFICATE).toString();
    }

    String key() {
        return directory.resolve(KEY).toString();
    }

    private void write(String name, String text) {
        try {
            Files.writeString(Files.createFile(directory.resolve(name), OWNER_ONLY), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (String name : Set.of(AUTHORITIES, CERTIFICATE, KEY)) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
