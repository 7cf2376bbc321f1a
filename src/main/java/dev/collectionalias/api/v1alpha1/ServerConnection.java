package dev.collectionalias.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;

/** How to reach a Milvus server: what the kinds of connection have in common. */
public abstract class ServerConnection<S extends ServerConnectionSpec>
        extends
            CustomResource<S, MilvusConnectionStatus> {

    @Override
    protected S initSpec() {
        return null; // a record: it comes whole from the API server or not at all
    }

    @Override
    protected MilvusConnectionStatus initStatus() {
        return null;
    }
}
