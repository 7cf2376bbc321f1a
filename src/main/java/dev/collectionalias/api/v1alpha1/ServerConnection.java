package dev.collectionalias.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;

/** The common part of both kinds of connection: the way to a Milvus server. */
public abstract class ServerConnection<S extends ServerConnectionSpec>
        extends
            CustomResource<S, MilvusConnectionStatus> {

    @Override
    protected S initSpec() {
        return null; // a record is never empty: it comes whole from the API server or not at all
    }

    @Override
    protected MilvusConnectionStatus initStatus() {
        return null;
    }
}
