package dev.collectionalias.schema;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The result of a check.
 *
 * @param findings the faults for which the API server would refuse the object; empty: none
 * @param stored   the object with its defaults, as the API server would store it; meaningless if there are findings
 */
public record Checked(List<Finding> findings, ObjectNode stored) {

    public Checked {
        findings = List.copyOf(findings);
    }

    public boolean isAccepted() {
        return findings.isEmpty();
    }
}
