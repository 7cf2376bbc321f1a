package dev.collectionalias.schema;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of a check.
 *
 * @param findings what the API server would refuse; empty: nothing
 * @param stored   the object with its defaults, as the API server would store it; without meaning where there are findings
 */
public record Checked(List<Finding> findings, ObjectNode stored) {

    public Checked {
        findings = List.copyOf(findings);
    }

    public boolean isAccepted() {
        return findings.isEmpty();
    }
}
