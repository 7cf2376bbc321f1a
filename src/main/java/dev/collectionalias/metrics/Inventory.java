package dev.collectionalias.metrics;

import java.util.List;
import java.util.Map;

import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;

/**
 * The objects that exist now.
 *
 * @param connections by name, whether their server answers
 */
public record Inventory(List<Subject> aliases, Map<ConnectionName, Boolean> connections) {}
