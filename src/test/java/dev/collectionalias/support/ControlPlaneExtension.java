package dev.collectionalias.support;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link ControlPlane} with the project's CRDs, which all tests of a run share, and a
 * {@link TestNamespace} of their own. A test that stops the API server starts it again.
 */
public final class ControlPlaneExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ControlPlane.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ControlPlane.class || type == TestNamespace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ControlPlane.class ? controlPlane(context) : namespace(context);
    }

    static ControlPlane controlPlane(ExtensionContext context) {
        // The store closes it when the run ends.
        return context.getStore(StoreScope.LAUNCHER_SESSION, STORE).computeIfAbsent(ControlPlane.class,
                type -> another(),
                ControlPlane.class);
    }

    static TestNamespace namespace(ExtensionContext context) {
        return context.getStore(STORE).computeIfAbsent(TestNamespace.class,
                type -> anotherNamespace(controlPlane(context)),
                TestNamespace.class);
    }

    /** For a test that can't share one; it has to close it. */
    public static ControlPlane another() {
        ControlPlane controlPlane = ControlPlane.start(Directories.fresh("control-plane"));
        controlPlane.applyCrds();
        return controlPlane;
    }

    /** For a test that needs more than one. */
    public static TestNamespace anotherNamespace(ControlPlane controlPlane) {
        return create(controlPlane, new NamespaceBuilder().withNewMetadata().withGenerateName("test-").endMetadata());
    }

    /** For a test whose namespaces are looked at by people. No other test of a run may use the name. */
    public static TestNamespace namespaceNamed(String name, ControlPlane controlPlane) {
        return create(controlPlane, new NamespaceBuilder().withNewMetadata().withName(name).endMetadata());
    }

    private static TestNamespace create(ControlPlane controlPlane, NamespaceBuilder namespace) {
        KubernetesClient client = controlPlane.client();
        String name = client.resource(namespace.build()).create().getMetadata().getName();
        return new TestNamespace(name, client.adapt(NamespacedKubernetesClient.class)
                .inNamespace(name));
    }
}
