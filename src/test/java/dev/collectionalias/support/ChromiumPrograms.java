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
 * @param environment what they need to find their libraries and fonts
 */
record ChromiumPrograms(Path browser, Path driver, Map<String, String> environment) {

    static ChromiumPrograms find() {
        Optional<Path> browser = onThePath("chromium");
        Optional<Path> driver = onThePath("chromedriver");
        return browser.isPresent() && driver.isPresent()
                ? new ChromiumPrograms(browser.get(), driver.get(), Map.of())
                : ofDebian();
    }

    private static Optional<Path> onThePath(String program) {
        return Stream.of(System.getenv("PATH").split(":")).map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable).findFirst();
    }

    private static ChromiumPrograms ofDebian() {
        Path root = BuildCache.get("chromium", directory -> DebianArchive
                .or("Chromium is needed to test the page: install chromium and chromedriver")
                .unpackWithMissing(directory, "chromium", "chromium-driver"));
        Map<String, String> environment = new HashMap<>(Map.of("LD_LIBRARY_PATH", DebianArchive.libraries(root)));
        if (Files.exists(root.resolve("etc/fonts/fonts.conf"))) {
            environment.put("FONTCONFIG_SYSROOT", root.toString());
        }
        // Not the script in usr/bin, which looks for the program where an installation puts it.
        return new ChromiumPrograms(root.resolve("usr/lib/chromium/chromium"), root.resolve("usr/bin/chromedriver"),
                Map.copyOf(environment));
    }
}
