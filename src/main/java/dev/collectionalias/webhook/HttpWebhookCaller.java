package dev.collectionalias.webhook;

import static java.lang.String.format;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.collectionalias.milvus.net.HostLookup;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import dev.collectionalias.plan.seen.WebhookAnswer.NotAllowed;
import dev.collectionalias.plan.seen.WebhookAnswer.Unanswered;

/**
 * Asks a webhook over HTTP, if the policy allows its host. The caller looks up the host once and checks every address. It
 * connects to one of these very addresses, so a name that changes its address in between gains nothing.
 */
public final class HttpWebhookCaller implements WebhookCaller {

    /** The body of the request. */
    private record Body(String name, String namespace, Phase phase, String from, String to, int revision) {}

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final WebhookPolicy policy;
    private final HostLookup lookup;
    private final SSLSocketFactory tls;

    public HttpWebhookCaller(WebhookPolicy policy) {
        this(policy, HostLookup.SHARED);
    }

    public HttpWebhookCaller(WebhookPolicy policy, HostLookup lookup) {
        this(policy, lookup, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    HttpWebhookCaller(WebhookPolicy policy, HostLookup lookup, SSLSocketFactory tls) {
        this.policy = policy;
        this.lookup = lookup;
        this.tls = tls;
    }

    @Override
    public WebhookAnswer ask(Question question) {
        Optional<WebhookTarget> target = WebhookTarget.of(question.url());
        if (target.isEmpty()) {
            return new NotAllowed(
                    "the webhook's url must be http://host or https://host, with an optional port and path");
        }
        String host = target.get().host();
        String namespace = question.object().namespace();
        return policy.nameToLookUp(host, namespace).map(name -> await(question, target.get(), name))
                .orElseGet(() -> new NotAllowed(WebhookPolicy.refusal(host, namespace)));
    }

    private WebhookAnswer await(Question question, WebhookTarget target, String name) {
        long end = System.nanoTime() + question.timeout().toNanos();
        Future<WebhookAnswer> answer = CompletableFuture.completedFuture(null);
        try {
            List<InetAddress> addresses = lookup.of(name, question.timeout());
            answer = calls.submit(() -> call(question, target, addresses));
            return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Unanswered(format("%s did not answer within %d ms", target, question.timeout().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unanswered("the operator is stopping");
        } catch (ExecutionException e) {
            return new Unanswered(target + ": " + words(e.getCause()));
        } catch (IOException | RuntimeException e) {
            return new Unanswered(target + ": " + words(e));
        } finally {
            // Interrupts the virtual thread, which closes the connection too.
            answer.cancel(true);
        }
    }

    private WebhookAnswer call(Question question, WebhookTarget target, List<InetAddress> addresses) throws Exception {
        Optional<InetAddress> reserved = addresses.stream().filter(address -> !policy.permits(address)).findFirst();
        if (reserved.isPresent()) {
            return new NotAllowed(format("the webhook's host %s has the reserved address %s; webhooks must not be on "
                    + "the operator's own machine or link", target.host(), reserved.get().getHostAddress()));
        }
        return new Answered(post(target, addresses, body(question)));
    }

    /** Tries the next address only if connecting failed: the caller never sends the request twice. */
    private int post(WebhookTarget target, List<InetAddress> addresses, byte[] body) throws IOException {
        IOException last = new UnknownHostException(target.host());
        for (InetAddress address : addresses) {
            try (WebhookConnection connection = WebhookConnection.to(target, address, tls)) {
                return connection.post(body);
            } catch (ConnectException | NoRouteToHostException e) {
                last = e;
            }
        }
        throw last;
    }

    private byte[] body(Question question) throws JsonProcessingException {
        return json.writeValueAsBytes(new Body(question.object().name(), question.object().namespace(),
                question.phase(), question.from(), question.to(), question.revision()));
    }

    /** Leaves out the JDK's message, because it may quote what the server sent. */
    private static String words(Throwable failure) {
        return switch (failure) {
            case UnknownHostException e -> "the host can't be looked up";
            case HostLookup.LateException e -> e.getMessage();
            case ConnectException e -> "nothing listens on this port";
            case NoRouteToHostException e -> "there is no route to this host";
            case SSLException e when String.valueOf(e.getMessage())
                    .contains("Unsupported or unrecognized SSL message") ->
                "it does not speak TLS; use http:// if that is intended";
            case SSLException e -> "the TLS handshake failed; the certificate must be for this host, and signed by an "
                    + "authority that the operator trusts";
            case WebhookConnection.NotHttpException e -> "the answer is not HTTP/1.1";
            case IOException e -> "the connection was closed before an answer came";
            default -> "it can't be asked";
        };
    }
}
