/** What the operator tells Prometheus about its objects and its calls. */
package dev.collectionalias.metrics;
