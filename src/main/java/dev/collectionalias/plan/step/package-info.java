/** A rule's answer: one {@code Step} of a {@code Situation}. Also the words that all topics share. */
package dev.collectionalias.plan.step;
