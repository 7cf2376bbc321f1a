package dev.collectionalias.milvus.net;

import static java.lang.String.format;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.collectionalias.milvus.net.UnreachableException.Kind;

/**
 * Asks a proxy for a way to a server (RFC 9110, 9.3.6), and finds out why there is none. The JDK can do the same, but takes its
 * proxy user from the whole process. gRPC does not report the proxy's answer.
 */
final class ProxyTunnel {

    /** A longer head is no answer of a proxy. */
    private static final int LONGEST_HEAD = 16 * 1024;
    /** CR LF CR LF. */
    private static final int EMPTY_LINE = 0x0d0a0d0a;
    private static final int OPEN = 200;
    private static final int FORBIDDEN = 403;
    private static final int USER_REQUIRED = 407;
    private static final int FIRST_OF_THE_SERVER = 500;
    private static final int MOST_SCHEMES = 3;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final Pattern SCHEME = Pattern.compile("(?i)proxy-authenticate: *([a-z]{1,20})( .*)?");

    private ProxyTunnel() {}

    /**
     * @param socket connected to the proxy; after this method, it leads to the server
     * @throws UnreachableException of kind PROXY if the proxy refuses, or UNAVAILABLE if the proxy can't reach the server
     */
    static void open(Socket socket, HttpProxy proxy, Endpoint server) throws IOException {
        socket.getOutputStream().write(request(proxy, server).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        List<String> answer = head(socket.getInputStream()).lines().toList();
        Matcher status = STATUS_LINE.matcher(answer.isEmpty() ? "" : answer.getFirst());
        if (!status.matches()) {
            throw failure(Kind.PROXY, proxy, server, "this is no HTTP proxy");
        }
        int code = Integer.parseInt(status.group(1));
        // gRPC accepts only this code as success.
        if (code != OPEN) {
            throw code < FIRST_OF_THE_SERVER
                    ? failure(Kind.PROXY, proxy, server, refusal(code, proxy, server, answer))
                    : failure(Kind.UNAVAILABLE, proxy, server, format("it can't reach the server (%d)", code));
        }
    }

    private static String request(HttpProxy proxy, Endpoint server) {
        String user = proxy.hasUser()
                ? "Proxy-Authorization: Basic " + Base64.getEncoder()
                        .encodeToString(proxy.user().token().getBytes(StandardCharsets.UTF_8)) + "\r\n"
                : "";
        return "CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\n%2$s\r\n".formatted(server, user);
    }

    /** Reads to the end of the head and no further: the next byte comes from the server. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lastFour = 0;
        while (lastFour != EMPTY_LINE) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed");
            }
            if (head.size() == LONGEST_HEAD) {
                return "";
            }
            head.write(next);
            lastFour = lastFour << Byte.SIZE | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String refusal(int code, HttpProxy proxy, Endpoint server, List<String> answer) {
        return switch (code) {
            case USER_REQUIRED -> wrongUser(proxy, schemes(answer));
            case FORBIDDEN -> format("it does not allow connections to %s (%d); many allow port %d only", server, code,
                    Endpoint.HTTPS_PORT);
            default -> format("it does not take CONNECT (%d)", code);
        };
    }

    private static String wrongUser(HttpProxy proxy, List<String> schemes) {
        if (!schemes.isEmpty() && schemes.stream().noneMatch("basic"::equalsIgnoreCase)) {
            return format("it wants to be told a user by %s (%d), and the operator knows basic authentication only",
                    schemes.stream().limit(MOST_SCHEMES).collect(Collectors.joining(" or ")), USER_REQUIRED);
        }
        return proxy.hasUser()
                ? format("it does not accept the user of spec.httpProxy.secretRef (%d)", USER_REQUIRED)
                : format("it wants to be told a user (%d); set spec.httpProxy.secretRef", USER_REQUIRED);
    }

    private static List<String> schemes(List<String> answer) {
        return answer.stream().map(SCHEME::matcher).filter(Matcher::matches).map(header -> header.group(1)).distinct()
                .toList();
    }

    private static UnreachableException failure(Kind kind, HttpProxy proxy, Endpoint server, String why) {
        return new UnreachableException(kind, format("%s: the proxy %s: %s", server, proxy.address(), why), null);
    }
}
