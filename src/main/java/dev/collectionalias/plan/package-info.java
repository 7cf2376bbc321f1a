/**
 * The decisions, as pure functions over closed types from a situation to a step. Nothing here reads a clock, calls a
 * server or knows a library.
 */
package dev.collectionalias.plan;
