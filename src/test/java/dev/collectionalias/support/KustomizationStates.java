package dev.collectionalias.support;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** What a Kustomization of Flux goes through. */
public final class KustomizationStates extends WatchedStates<KustomizationStates.State> {

    /**
     * What Flux says of the Kustomization.
     *
     * @param ready   the status of its condition; empty before the first
     * @param applied the commit that was applied and found healthy last
     * @param tried   the commit that was applied last
     */
    public record State(String ready, String reason, String applied, String tried, String message)
            implements
                Row {

        public static final State GONE = new State("", "gone", "", "", "");

        private static final KubernetesSerialization JSON = new KubernetesSerialization();

        private static State of(GenericKubernetesResource kustomization) {
            JsonNode status = JSON.convertValue(kustomization, JsonNode.class).path("status");
            JsonNode ready = StreamSupport.stream(status.path("conditions").spliterator(), false)
                    .filter(condition -> condition.path("type").asText().equals("Ready")).findFirst()
                    .orElse(MissingNode.getInstance());
            return new State(ready.path("status").asText(), ready.path("reason").asText(),
                    commit(status.path("lastAppliedRevision")), commit(status.path("lastAttemptedRevision")),
                    ready.path("message").asText());
        }

        /** Of {@code main@sha1:…}. */
        private static String commit(JsonNode revision) {
            String text = revision.asText();
            return text.substring(text.indexOf(':') + 1);
        }

        public boolean isReady() {
            return ready.equals("True");
        }

        /** Whether a commit is applied, and all its objects are healthy. */
        public boolean isReadyWith(String commit) {
            return isReady() && applied.equals(commit);
        }

        /** Whether its objects were found not to be healthy, and what is said of them. */
        public boolean isUnhealthy(String text) {
            return ready.equals("False") && reason.equals("HealthCheckFailed") && message.contains(text);
        }

        @Override
        public List<String> cells() {
            return List.of((ready + " " + reason).strip(), "%.7s".formatted(tried), "%.7s".formatted(applied),
                    message.replaceAll("\\s+", " "));
        }
    }

    /** Begins before the Kustomization is there. */
    public KustomizationStates(Flux flux, String name) {
        super(flux.client(), "kustomize.toolkit.fluxcd.io/v1", "Kustomization", name,
                List.of("Ready", "tried", "applied", "message"), State::of, State.GONE);
    }
}
