/**
 * The main path and the controllers. The Java Operator SDK calls no other package's reconcilers. Each pass looks,
 * decides, writes and acts.
 */
package dev.collectionalias.reconciler;
