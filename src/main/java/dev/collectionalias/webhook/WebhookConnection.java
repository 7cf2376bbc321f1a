package dev.collectionalias.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over HTTP/1.1 to an address that the caller has checked. The JDK's client can't be told the address of a host. Given
 * the address alone, it would check the certificate against the address, and send no Host header unless the whole process
 * allows that. A webhook needs less than that client does: the operator reads only the status line.
 */
final class WebhookConnection implements AutoCloseable {

    /** The peer does not speak HTTP. */
    static final class NotHttpException extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
    /** The limit for an answer. A status line and the interim answers before it are far shorter. */
    private static final int MOST_BYTES = 16 * 1024;
    private static final int FINAL = 200;

    private final WebhookTarget target;
    private final Socket socket;

    private WebhookConnection(WebhookTarget target, Socket socket) {
        this.target = target;
        this.socket = socket;
    }

    /** Uses no proxy, because a proxy would look up the host again. */
    static WebhookConnection to(WebhookTarget target, InetAddress address, SSLSocketFactory tls) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.connect(new InetSocketAddress(address, target.port()));
            return new WebhookConnection(target, target.secure() ? secured(target, socket, tls) : socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(WebhookTarget target, Socket plain, SSLSocketFactory tls) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** @return the status of the answer */
    int post(byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head(body.length).getBytes(US_ASCII));
        request.write(body);
        request.writeTo(out);
        out.flush();
        return new Answer(socket.getInputStream()).status();
    }

    private String head(int length) {
        return String.join("\r\n", "POST " + target.path() + " HTTP/1.1", "Host: " + target.hostPort(),
                "User-Agent: collection-alias-operator", "Accept: */*", "Content-Type: application/json",
                "Content-Length: " + length, "Connection: close", "", "");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Answer {

        private final InputStream in;
        private int left = MOST_BYTES;

        Answer(InputStream in) {
            this.in = new BufferedInputStream(in);
        }

        /** Skips interim answers, such as 103 Early Hints. */
        int status() throws IOException {
            int status = statusLine();
            while (status < FINAL) {
                while (!line().isEmpty()) {
                    // a header of the interim answer
                }
                status = statusLine();
            }
            return status;
        }

        private int statusLine() throws IOException {
            Matcher line = STATUS_LINE.matcher(line());
            if (!line.matches()) {
                throw new NotHttpException();
            }
            return Integer.parseInt(line.group(1));
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = next(); next != '\n'; next = next()) {
                line.append((char) next);
            }
            return line.toString().stripTrailing();
        }

        private int next() throws IOException {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the end");
            }
            if (left-- == 0) {
                throw new NotHttpException();
            }
            return next;
        }
    }
}
