package dev.collectionalias.crash;

class CrashOn300IT extends CrashRecovery {

    CrashOn300IT() {
        super("v3.0.0");
    }
}
