package dev.collectionalias.crash;

import java.util.stream.Stream;

/** A switch takes more writes there, since it is confirmed; all else is as on a newer Milvus. */
class CrashOn2620IT extends CrashRecovery {

    CrashOn2620IT() {
        super("v2.6.20");
    }

    @Override
    Stream<Operation> operations() {
        return Stream.of(Operation.SWITCH);
    }
}
