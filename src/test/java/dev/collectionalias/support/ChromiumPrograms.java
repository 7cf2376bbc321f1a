package dev.collectionalias.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chromium and the driver of its version: those on the PATH, else those of the Debian packages.
 *
 * @param environment what they need to find their libraries
 */
record ChromiumPrograms(Path browser, Path driver, Map<String, String> environment) {

    static ChromiumPrograms find() {
        Optional<Path> browser = onThePath("chromium");
        Optional<Path> driver = onThePath("chromedriver");
        return browser.isPresent() && driver.isPresent()
                ? new ChromiumPrograms(browser.get(), driver.get(), Map.of())
                : ofDebian();
    }

    private static ChromiumPrograms ofDebian() {
        DebianPackages packages = DebianPackages.unpacked("chromium", "chromium", "chromium-driver");
        Map<String, String> environment = new HashMap<>(Map.of("LD_LIBRARY_PATH", packages.libraryPath()));
        if (Files.exists(packages.file("etc/fonts/fonts.conf"))) {
            environment.put("FONTCONFIG_SYSROOT", packages.directory().toString());
        }
        // Not the script of that name in usr/bin, which looks for the program where an installation puts it.
        return new ChromiumPrograms(packages.file("usr/lib/chromium/chromium"), packages.file("usr/bin/chromedriver"),
                Map.copyOf(environment));
    }

    private static Optional<Path> onThePath(String program) {
        return Stream.of(System.getenv("PATH").split(":")).map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable).findFirst();
    }
}
