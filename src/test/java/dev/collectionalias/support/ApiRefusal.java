package dev.collectionalias.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;

/** How an API server says no, in its own words. */
public enum ApiRefusal {

    /** Somebody else has written the object in between. */
    CONFLICT(409,
            """
                    {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Operation cannot be fulfilled: \
                    the object has been modified; please apply your changes to the latest version and try again",\
                    "reason":"Conflict","code":409}
                    """),
    /** Watches from so long ago are not remembered. */
    GONE(410, """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"The resourceVersion for the \
            provided watch is too old.","reason":"Expired","code":410}
            """),
    /** What priority and fairness answer, which is no object. */
    TOO_MANY_REQUESTS(429, "Too many requests, please try again later.\n");

    private final int code;
    private final String body;

    ApiRefusal(int code, String body) {
        this.code = code;
        this.body = body;
    }

    void answer(HttpExchange exchange) throws IOException {
        boolean isObject = body.startsWith("{");
        exchange.getResponseHeaders().set("Content-Type", isObject ? "application/json" : "text/plain; charset=utf-8");
        if (this == TOO_MANY_REQUESTS) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The same as the last word of a watch that was accepted. */
    byte[] asEvent() {
        return "{\"type\":\"ERROR\",\"object\":%s}%n".formatted(body.strip()).getBytes(StandardCharsets.UTF_8);
    }
}
