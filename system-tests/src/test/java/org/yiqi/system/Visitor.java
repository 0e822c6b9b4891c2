package org.yiqi.system;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a browser, in one language, theme and width at a time, whose own system speaks another language and is in
 * another time zone. Whatever that person would stumble over is noted while pages are
 * opened: refusals, errors on the console, broken resources, a page wider than the screen, raw keys, barriers.
 */
public final class Visitor implements AutoCloseable {

    /** How a page is looked at. */
    public record Corner(String lang, String theme, int width) {
        @Override
        public String toString() {
            return lang + "/" + theme + "/" + width;
        }
    }

    public static final List<Corner> CORNERS = List.of(
            new Corner("zh-CN", "light", 1366),
            new Corner("en", "dark", 375),
            new Corner("zh-CN", "dark", 1366),
            new Corner("en", "light", 375));

    private static final int TIMEOUT = 60_000;
    private static final Set<String> BARRIERS = Set.of("serious", "critical");

    /** Text that nobody should read: a key without a text, an expression, a name of a class. */
    private static final String UNFIT = "\\?\\?\\?\\S*|[#$]\\{[^}]*\\}|\\b(org\\.yiqi|jakarta|java|"
            + String.join("|", areasWithTexts()) + ")\\.[a-z][A-Za-z.-]+";

    private final String base;
    private Corner corner;
    private final BrowserContext context;
    private final Page page;
    private final List<String> noise = new ArrayList<>();

    Visitor(Browser browser, String base, Corner corner) {
        this.base = base;
        this.corner = corner;
        context = browser.newContext(
                new Browser.NewContextOptions().setLocale("de-DE").setTimezoneId("America/New_York"));
        context.setDefaultTimeout(TIMEOUT);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                noise.add("console: " + message.text());
            }
        });
        page.onPageError(error -> noise.add("script: " + error));
        page.onResponse(response -> {
            if (response.status() >= 400) {
                noise.add(response.status() + " " + response.url());
            }
        });
        turnTo(corner);
    }

    /** Language and theme are chosen as a person chooses them; the choice is kept in cookies. */
    Visitor turnTo(Corner next) {
        corner = next;
        page.setViewportSize(next.width(), next.width() < 600 ? 800 : 900);
        page.navigate(base + "/login?lang=" + next.lang() + "&theme=" + next.theme());
        noise.clear();
        return this;
    }

    public Page page() {
        return page;
    }

    Visitor signIn(String username, String password) {
        page.navigate(base + "/login");
        page.locator("input[autocomplete=username]").fill(username);
        page.locator("input[autocomplete=current-password]").fill(password);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        noise.clear();
        return this;
    }

    /** The pages that the navigation offers to this person. */
    List<String> places() {
        page.navigate(base + "/");
        return hrefs("nav.side li a[href]");
    }

    /** Pages of one thing, as the current page links to them: what belongs to a row of a list. */
    List<String> detailsLinkedHere() {
        return hrefs("main tbody a[href*='?id='], main tbody a[href*='?unit='], main .cards a[href*='?id=']");
    }

    private List<String> hrefs(String selector) {
        Object found = page.evaluate(
                "selector => [...document.querySelectorAll(selector)].map(a => new URL(a.href))"
                        + ".filter(u => u.origin === location.origin).map(u => u.pathname + u.search)",
                selector);
        return ((List<?>) found).stream().map(String::valueOf).distinct().toList();
    }

    /** What the browser complained of since the last sign-in or look: scripts that failed, answers of 400 and more. */
    public List<String> complaints() {
        return List.copyOf(noise);
    }

    /** Opens a page and says what is wrong with it; nothing, when all is well. */
    List<String> look(String path, int expectedStatus, boolean withBarriers) {
        noise.clear();
        List<String> faults = new ArrayList<>();
        try {
            Response answer = open(path);
            int status = answer == null ? 0 : answer.status();
            if (status != expectedStatus) {
                faults.add("status " + status);
            }
            noise.stream()
                    .filter(n -> expectedStatus < 400 || !n.contains(String.valueOf(expectedStatus)))
                    .forEach(faults::add);
            faults.addAll(layout());
            if (withBarriers) {
                faults.addAll(barriers());
            }
        } catch (PlaywrightException e) {
            faults.add(String.valueOf(e.getMessage()).lines().findFirst().orElse("browser"));
        }
        return faults.stream()
                .distinct()
                .map(fault -> path + " [" + corner + "] " + fault)
                .toList();
    }

    private @Nullable Response open(String path) {
        return page.navigate(base + path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.NETWORKIDLE));
    }

    private static List<String> areasWithTexts() {
        try (Stream<Path> areas = Files.list(Path.of("../web-module/src/main/resources/org/yiqi/web"))) {
            return areas.map(area -> area.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> layout() {
        Object faults = page.evaluate("""
                ([lang, theme, unfit]) => {
                  const faults = [], root = document.documentElement;
                  const over = root.scrollWidth - root.clientWidth;
                  if (over > 1) {
                    const widest = [...document.querySelectorAll('main *')].reverse()
                      .find(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== 'fixed');
                    faults.push('wider than the screen by ' + over + ' px: '
                      + (widest ? widest.tagName.toLowerCase() + '.' + widest.className + '#' + widest.id : '?'));
                  }
                  const foreign = [...document.body.querySelectorAll('*')].find(e => e.localName.includes(':'));
                  if (foreign) faults.push('a tag that nobody knows: ' + foreign.localName);
                  if (root.lang !== lang) faults.push('language is ' + root.lang);
                  if (root.dataset.theme !== theme) faults.push('theme is ' + root.dataset.theme);
                  if (!document.title.trim() || !document.querySelector('main')) faults.push('no title or no main');
                  const text = document.title + '\\n' + document.body.innerText
                    + '\\n' + [...document.querySelectorAll('[aria-label],[placeholder],[title]')]
                      .map(e => [e.ariaLabel, e.placeholder, e.title].join(' ')).join('\\n');
                  // Names of tables and actions are shown as what they are: in the face of code.
                  const codes = [...document.querySelectorAll('.mono, code')].map(e => e.innerText.trim()).filter(t => t);
                  const words = codes.reduce((rest, code) => rest.split(code).join(' '), text);
                  const raw = words.match(new RegExp(unfit));
                  if (raw) faults.push('raw text ' + raw[0]);
                  return faults;
                }""", List.of(corner.lang(), corner.theme(), UNFIT));
        return ((List<?>) faults).stream().map(String::valueOf).toList();
    }

    private List<String> barriers() {
        return new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .filter(rule -> BARRIERS.contains(rule.getImpact()))
                        .map(Visitor::described)
                        .toList();
    }

    private static String described(Rule rule) {
        return "barrier " + rule.getId() + " x" + rule.getNodes().size() + " at "
                + rule.getNodes().get(0).getTarget();
    }

    void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void close() {
        context.close();
    }
}
