package dev.collectionalias.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** A Redis that keeps nothing: what Argo CD's parts tell each other by. */
final class Redis implements AutoCloseable {

    private final int port = FreePorts.next();
    private final ServerProcess process;

    Redis(Path directory, Path log) {
        DebianPrograms programs = DebianPrograms.find("redis-server", "redis-server");
        process = ServerProcess.start("redis-server",
                List.of(programs.path("redis-server"), "--bind", "127.0.0.1", "--port", Integer.toString(port),
                        "--save",
                        "", "--appendonly", "no"),
                directory, programs.environment(), log).awaitReady(this::listens);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
