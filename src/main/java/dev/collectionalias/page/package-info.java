/**
 * The page for people: every alias, where it points, and what the operator waits for. It reads objects and changes nothing.
 */
package dev.collectionalias.page;
