/** Which object has an alias, and where it has to be: creation, adoption, hand-over, drift. */
package dev.collectionalias.plan.ownership;
