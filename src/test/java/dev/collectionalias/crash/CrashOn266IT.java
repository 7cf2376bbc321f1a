package dev.collectionalias.crash;

class CrashOn266IT extends CrashRecovery {

    CrashOn266IT() {
        super("v2.6.6");
    }
}
