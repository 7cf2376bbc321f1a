/** The cutover: what is compared, what each gate says of it, and what follows. Pure, as all of the planner. */
package dev.collectionalias.plan.cutover;
