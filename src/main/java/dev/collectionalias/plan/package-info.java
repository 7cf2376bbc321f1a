/**
 * The decisions, as pure functions over closed types: what is known goes in, what to do comes out. Nothing here reads a
 * clock, calls a server or knows a library.
 */
package dev.collectionalias.plan;
