package dev.collectionalias.cli;

import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line, as in a manifest. */
public final class DurationConverter implements ITypeConverter<KubernetesDuration> {

    @Override
    public KubernetesDuration convert(String text) {
        try {
            return KubernetesDuration.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
