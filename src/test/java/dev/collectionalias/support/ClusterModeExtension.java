package dev.collectionalias.support;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests of an operator in cluster mode a {@link ControlPlane} that only such tests of a run share. The operator would
 * meddle with what other tests do.
 */
public final class ClusterModeExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace
            .create(ClusterModeExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ControlPlane.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The store closes it when the run ends.
        return context.getStore(StoreScope.LAUNCHER_SESSION, STORE).computeIfAbsent(ControlPlane.class,
                type -> ControlPlaneExtension.another(), ControlPlane.class);
    }
}
