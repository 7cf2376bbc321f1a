/** The cutover: the gates with their answers, the switch, the verification and the way back. */
package dev.collectionalias.plan.cutover;
