package dev.collectionalias.faults;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** Gives all classes of a run the one report. */
final class FaultReportExtension extends TypeBasedParameterResolver<FaultReport> {

    @Override
    public FaultReport resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(FaultReport.class))
                .computeIfAbsent(FaultReport.class, type -> FaultReport.begin(), FaultReport.class);
    }
}
