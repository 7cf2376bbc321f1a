package dev.collectionalias.bench;

/** What is done to each object of a load. */
enum Phase {
    CREATE, SWITCH, DELETE
}
