package dev.collectionalias.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on. They lie below the range that systems take outgoing connections' ports from, so that a
 * server which is stopped and started again finds its port still free.
 */
final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static int next = ThreadLocalRandom.current().nextInt(FIRST, LAST);

    private FreePorts() {}

    static synchronized int next() {
        for (int tried = FIRST; tried < LAST; tried++) {
            next = next + 1 >= LAST ? FIRST : next + 1;
            if (isFree(next)) {
                return next;
            }
        }
        throw new IllegalStateException("no free port between %d and %d".formatted(FIRST, LAST));
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
