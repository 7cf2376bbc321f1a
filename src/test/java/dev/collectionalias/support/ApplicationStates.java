package dev.collectionalias.support;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** What an Application of Argo CD goes through. */
public final class ApplicationStates extends WatchedStates<ApplicationStates.State> {

    /**
     * What Argo CD says of the Application.
     *
     * @param revision  the commit that it compares with
     * @param sync      {@code Synced} or {@code OutOfSync}
     * @param operation the phase of the last sync: {@code Running}, {@code Succeeded}, {@code Failed}; empty before the first
     * @param target    the commit of the last sync
     * @param message   what is said of each object that is not healthy, of a sync that goes on, and what else is complained of
     */
    public record State(String revision, String sync, String operation, String target, String health, String message)
            implements
                Row {

        public static final State GONE = new State("", "", "", "", "", "gone");

        private static final KubernetesSerialization JSON = new KubernetesSerialization();

        private static State of(GenericKubernetesResource application) {
            JsonNode status = JSON.convertValue(application, JsonNode.class).path("status");
            Stream<String> objects = stream(status.path("resources"))
                    .filter(object -> !object.at("/health/message").asText().isEmpty())
                    .filter(object -> !object.at("/health/status").asText().equals("Healthy"))
                    .map(object -> "%s %s: %s".formatted(object.path("kind").asText(), object.path("name").asText(),
                            object.at("/health/message").asText()));
            Stream<String> operation = Stream.of(status.path("operationState"))
                    .filter(last -> last.path("phase").asText().equals("Running"))
                    .map(last -> last.path("message").asText()).filter(text -> !text.isEmpty());
            Stream<String> complaints = stream(status.path("conditions"))
                    .map(condition -> condition.path("message").asText());
            return new State(status.at("/sync/revision").asText(), status.at("/sync/status").asText(),
                    status.at("/operationState/phase").asText(),
                    status.at("/operationState/operation/sync/revision").asText(),
                    status.at("/health/status").asText(),
                    Stream.of(objects, operation, complaints).flatMap(texts -> texts)
                            .collect(Collectors.joining("; ")));
        }

        private static Stream<JsonNode> stream(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false);
        }

        /** Whether this is what became of a commit, all of whose objects are as it says. */
        public boolean isSyncedTo(String commit) {
            return sync.equals("Synced") && revision.equals(commit);
        }

        /** Whether the sync of a commit has come to its end. */
        public boolean isOver(String commit) {
            return operation.equals("Succeeded") && target.equals(commit);
        }

        @Override
        public List<String> cells() {
            return List.of("%s %.7s".formatted(sync, revision), "%s %.7s".formatted(operation, target), health,
                    message.replaceAll("\\s+", " "));
        }
    }

    /** Begins before the Application is there. */
    public ApplicationStates(ArgoCd argoCd, String name) {
        super(argoCd.client(), "argoproj.io/v1alpha1", "Application", name,
                List.of("sync", "operation", "health", "message"), State::of, State.GONE);
    }
}
