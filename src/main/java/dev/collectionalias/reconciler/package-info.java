/** The controllers: the only place that the Java Operator SDK calls. Each pass observes, decides, acts and reports. */
package dev.collectionalias.reconciler;
