package dev.collectionalias.support;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What most tests begin from: a namespace of a real API server, an {@link InProcessMilvus} with the connection
 * {@code default} to it, and the operator.
 */
public final class OperatorExtension implements BeforeEachCallback, AfterEachCallback {

    private final InProcessMilvus milvus;
    private ControlPlane controlPlane;
    private TestNamespace namespace;
    private AliasObjects objects;
    private OperatorUnderTest operator;

    public OperatorExtension() {
        this(new InProcessMilvus());
    }

    /** @param milvus not started yet */
    public OperatorExtension(InProcessMilvus milvus) {
        this.milvus = milvus;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        controlPlane = ControlPlaneExtension.controlPlane(context);
        namespace = ControlPlaneExtension.namespace(context);
        objects = new AliasObjects(namespace);
        milvus.start();
        objects.connect(milvus);
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop();
        milvus.close();
    }

    public void start() {
        operator = OperatorUnderTest.start(controlPlane, namespace.name());
    }

    /** Ends the operator as a rollout does; the rest goes on without it. */
    public void stop() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    /** What a Prometheus would get of the operator. */
    public Scrape scrape() {
        return operator.scrape();
    }

    public InProcessMilvus milvus() {
        return milvus;
    }

    public AliasObjects objects() {
        return objects;
    }

    public ControlPlane controlPlane() {
        return controlPlane;
    }

    public TestNamespace namespace() {
        return namespace;
    }

    /** Makes collections of the database {@code default} that can be searched. */
    public void collections(String... names) {
        for (String name : names) {
            milvus.state().createCollection(MilvusState.DEFAULT_DATABASE, name);
            milvus.state().load(MilvusState.DEFAULT_DATABASE, name);
        }
    }
}
