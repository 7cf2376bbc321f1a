/** How a rule says what to do next: one {@code Step} of a {@code Situation}, and the words that all topics share. */
package dev.collectionalias.plan.step;
