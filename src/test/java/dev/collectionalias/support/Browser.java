package dev.collectionalias.support;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a screen, used as a person uses one, and asked what it loaded. */
public final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChromeDriver driver;

    public Browser() {
        ChromiumPrograms programs = ChromiumPrograms.find();
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(programs.browser().toFile());
        // It shows nothing but the test's own page; its sandbox is not to be had as root, nor in a container.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--disable-background-networking");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(programs.driver().toFile())
                .usingAnyFreePort().withEnvironment(programs.environment()).build(), options);
    }

    public void open(URI address) {
        driver.get(address.toString());
    }

    public void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** As a person has chosen for all that they see. */
    public void preferDark(boolean dark) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** From the next page on. */
    public void runScripts(boolean run) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public List<WebElement> findAll(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** What a person reads there now; nothing if there is no such element. */
    public String text(String selector) {
        return (String) driver.executeScript("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    /** What an expression of JavaScript's is. */
    public Object evaluate(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** All of the page, not only what is in the window. */
    public void screenshot(Path file) {
        Map<?, ?> size = (Map<?, ?>) evaluate("document.documentElement.getBoundingClientRect()");
        Map<String, Object> all = Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"),
                "scale", 1);
        String png = (String) driver
                .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", all))
                .get("data");
        try {
            Files.createDirectories(file.getParent());
            write(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png))), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As small as can be: the browser saves time instead. */
    private static void write(BufferedImage image, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam smallest = writer.getDefaultWriteParam();
        smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        smallest.setCompressionQuality(0);
        try (OutputStream out = Files.newOutputStream(file);
                ImageOutputStream imageOut = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(imageOut);
            writer.write(null, new IIOImage(image, null, null), smallest);
        } finally {
            writer.dispose();
        }
    }

    /** What axe finds that keeps people from using the page, as sentences. */
    public List<String> barriers() {
        return new AxeBuilder().analyze(driver).getViolations().stream().map(Browser::sentence).toList();
    }

    private static String sentence(Rule rule) {
        return "%s: %s, at %s".formatted(rule.getId(), rule.getHelp(),
                rule.getNodes().stream().map(node -> node.getHtml() + " " + node.getFailureSummary()).toList());
    }

    /** What it asked for since it was asked this last. */
    public List<URI> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream().map(Browser::message)
                .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
                .map(message -> URI.create(message.at("/params/request/url").asText())).toList();
    }

    private static JsonNode message(LogEntry entry) {
        try {
            return JSON.readTree(entry.getMessage()).path("message");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it complained of since it was asked this last. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
