package dev.collectionalias.quickstart;

import java.nio.file.Path;
import java.util.Optional;

/** The API server that a tour runs on: with the CRDs installed and the namespace {@code default} present. */
interface KubernetesApi extends AutoCloseable {

    /** For a person, with all rights. */
    Path kubeconfig();

    /** For the operator, with the rights that its deployment gives it. */
    Path operatorKubeconfig();

    /** What it is and where, in a few words. */
    String description();

    /** A kubectl that was built with it. */
    Optional<String> kubectl();

    @Override
    void close();
}
