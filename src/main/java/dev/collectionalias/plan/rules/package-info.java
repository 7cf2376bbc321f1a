/** The ordered list of all rules. */
package dev.collectionalias.plan.rules;
