package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody listens on. They lie below the range that systems take outgoing connections' ports from, so that a
 * server which is stopped and started again finds its port still free. Each process of the tests has a block of them to itself.
 */
final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int BLOCKS = 12;
    private static final int PORTS_OF_A_BLOCK = 1_000;

    /** Locked as long as this process lives. */
    private static final List<FileLock> LOCKS = new ArrayList<>();
    private static final int BLOCK = takeABlock();
    private static final AtomicInteger TAKEN = new AtomicInteger();

    private FreePorts() {}

    private static int takeABlock() {
        try {
            Path directory = Files.createDirectories(
                    Path.of(System.getProperty("java.io.tmpdir"), "collection-alias-operator-ports"));
            for (int block = 0; block < BLOCKS; block++) {
                FileLock lock = FileChannel.open(directory.resolve(Integer.toString(block)), StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE).tryLock();
                if (lock != null) {
                    LOCKS.add(lock);
                    return block;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("more than %d processes run tests".formatted(BLOCKS));
    }

    static int next() {
        for (int tried = 0; tried < PORTS_OF_A_BLOCK; tried++) {
            int port = FIRST + BLOCK * PORTS_OF_A_BLOCK + TAKEN.getAndIncrement() % PORTS_OF_A_BLOCK;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port in block %d".formatted(BLOCK));
    }

    static boolean isFree(int port) {
        try (ServerSocket everywhere = new ServerSocket(port); ServerSocket loopback = new ServerSocket()) {
            everywhere.close();
            loopback.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
