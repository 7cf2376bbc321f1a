/** Which object has an alias, and where that has to be: creation, adoption, hand-over, drift. */
package dev.collectionalias.plan.ownership;
