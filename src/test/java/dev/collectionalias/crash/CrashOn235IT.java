package dev.collectionalias.crash;

class CrashOn235IT extends CrashRecovery {

    CrashOn235IT() {
        super("v2.3.5");
    }
}
