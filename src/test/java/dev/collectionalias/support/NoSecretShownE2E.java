package dev.collectionalias.support;

import org.junit.jupiter.api.Order;

@Order(Integer.MAX_VALUE)
class NoSecretShownE2E extends NoSecretShown {}
