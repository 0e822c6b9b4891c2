package org.yiqi.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The story of one MRI as its people live it: each with a browser, on forms and buttons alone; only the device itself speaks
 * MQTT. Registered, offered, applied for, approved by both, handed over with two signatures, its cooling fails while somebody
 * watches the chart, it is repaired by one and verified by another, it comes back and is paid for, and a regulator proves it.
 */
class MriInTheBrowserIT {

    private static final String OWNER = "shengyi.equipment";
    private static final String LESSEE = "qinghe.equipment";
    private static final String PLATFORM = "platform.operator";
    private static final String ENGINEER = "anxin.engineer";
    private static final String REGULATOR = "health.inspector";
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final LocatorAssertions.IsVisibleOptions VISIBLE =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);
    private static final LocatorAssertions.ContainsTextOptions TEXT =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final Path PICTURES = Path.of("target/pages");

    private static Chromium chromium;
    private static Platform platform;

    private final Map<String, Visitor> people = new LinkedHashMap<>();
    private final String serial =
            "MRI-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    private String unit = "";
    private String rental = "";
    private String order = "";

    @BeforeAll
    static void open() {
        platform = Platform.shared();
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void thePeopleOfOneMriLiveItsStoryInTheirBrowsers() {
        try {
            register();
            offer();
            apply();
            approveTwice();
            handOverWithTwoSignatures();
            watchTheCoolingFail();
            repairAndVerify();
            giveBackAndSettle();
            prove();
            List<String> complaints = new ArrayList<>();
            people.forEach((who, visitor) -> visitor.complaints().forEach(c -> complaints.add(who + " " + c)));
            assertEquals("", String.join("\n", complaints));
        } catch (AssertionError | RuntimeException e) {
            people.forEach((who, visitor) -> visitor.picture(PICTURES.resolve("story-" + who + ".png")));
            throw e;
        } finally {
            people.values().forEach(Visitor::close);
        }
    }

    private void register() {
        Page page = as(OWNER);
        page.navigate(platform.base() + "/equipment/units");
        page.locator("a[href$='/equipment/register']").first().click();
        page.waitForURL("**/equipment/register");
        field(page, "register:model_input").pressSequentially("MRI");
        page.locator(".ui-autocomplete-panel li").first().click();
        field(page, "register:assetTag").fill(serial);
        field(page, "register:serial").fill(serial);
        field(page, "register:department").fill("影像科");
        field(page, "register:regionCode").fill("330102");
        field(page, "register:save").click();
        unit = idIn(page, ".*/equipment/unit\\?id=([0-9a-f-]{36}).*");
        assertThat(page.locator("h1")).containsText(serial, TEXT);
        assertThat(page.locator(".page-sub .tag").first()).containsText("可用", TEXT);
    }

    private void offer() {
        Page page = as(OWNER);
        page.locator("a[href*='/rental/offer?unitId=']").click();
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        field(page, "offer:from").fill(local(hour.plus(1, ChronoUnit.HOURS)));
        field(page, "offer:to").fill(local(hour.plus(60, ChronoUnit.DAYS)));
        field(page, "offer:noticeHours").fill("0");
        field(page, "offer:bufferBefore").fill("1");
        field(page, "offer:bufferAfter").fill("1");
        field(page, "offer:base").fill("30000");
        field(page, "offer:perUse").fill("180");
        field(page, "offer:publish").click();
        assertThat(page)
                .hasURL(Pattern.compile(".*/rental/offers.*"), new PageAssertions.HasURLOptions().setTimeout(60_000));
        assertThat(page.locator("tr:has(a[href*='" + unit + "'])")).containsText("已发布", TEXT);
    }

    private void apply() {
        Page page = as(LESSEE);
        String offer = platform.as(OWNER).get("/offers?unit=" + unit).path("items[0].id");
        Instant from = Instant.now().plus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
        page.navigate(platform.base() + "/rental/search");
        page.locator("#from").fill(day(from.plus(1, ChronoUnit.DAYS)));
        page.locator("#to").fill(day(from.plus(7, ChronoUnit.DAYS)));
        page.locator("#category").selectOption("MRI");
        page.locator("main form.filters button[type=submit]").click();
        page.locator("a[href*='offerId=" + offer + "']").click();
        field(page, "apply:from").fill(local(from));
        field(page, "apply:to").fill(local(from.plus(7, ChronoUnit.DAYS)));
        field(page, "apply:place").fill("青河县人民医院 影像科 一楼");
        field(page, "apply:purpose").fill("卒中筛查");
        field(page, "apply:uses").fill("200");
        field(page, "apply:send").click();
        rental = idIn(page, ".*/rental/rental\\?id=([0-9a-f-]{36}).*");
        assertThat(page.locator(".page-actions")).containsText("审核中", TEXT);
    }

    private void approveTwice() {
        Page owner = openRental(OWNER);
        field(owner, "next:approve").click();
        assertThat(owner.locator("[id='next:approve']"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        Page operator = openRental(PLATFORM);
        field(operator, "next:approve").click();
        assertThat(operator.locator(".page-actions")).containsText("已批准", TEXT);
    }

    private void handOverWithTwoSignatures() {
        Page owner = openRental(OWNER);
        field(owner, "next:carrier").fill("安捷医疗物流");
        field(owner, "next:seal").fill("88213");
        field(owner, "next:dispatch").click();
        confirm(owner);
        field(owner, "next:deliver").click();
        confirm(owner);
        assertThat(owner.locator(".page-actions")).containsText("已送达", TEXT);
        Page lessee = openRental(LESSEE);
        field(lessee, "next:confirm").click();
        confirm(lessee);
        assertThat(lessee.locator(".page-actions")).containsText("使用中", TEXT);
        assertThat(lessee.locator("tr:has-text('移交接收') .tag.ok:has-text('已签署')"))
                .hasCount(2);
    }

    private void watchTheCoolingFail() {
        Page page = as(LESSEE);
        page.navigate(platform.base() + "/equipment/unit?id=" + unit + "&tab=health");
        page.locator("#credentialPanel button").first().click();
        Locator secret = page.locator("#credentialPanel [role=status] .mono");
        assertThat(secret).isVisible(VISIBLE);
        String device = page.locator("#credentialPanel dd.mono").first().innerText();
        Mqtt3BlockingClient mqtt =
                MriStory.device(platform.mqttPort(), device, secret.innerText().strip());
        Instant start = Instant.now().minusSeconds(120);
        for (int i = 0; i < 20; i++) {
            MriStory.publish(mqtt, device, i, start.plusSeconds(i * 2L), 6.4);
        }
        Platform.await("the first readings", SOON, () -> {
            page.reload();
            return page.locator("canvas.live-chart").count() == 1;
        });
        Locator value = page.locator("[data-live-value=coolingTemperature]");
        assertThat(value).hasText("6.4");
        String before = drawing(page);
        // From here on nobody touches the page: the value and the line move by what the server pushes.
        for (int i = 20; i < 60; i++) {
            MriStory.publish(mqtt, device, i, start.plusSeconds(i * 2L), Math.min(24.0, 6.4 + (i - 20) * 0.9));
        }
        assertThat(value).hasText("24.0", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        Platform.await("the line on the chart", SOON, () -> !before.equals(drawing(page)));
        Locator alert = page.locator("#healthNow a[href*='/telemetry/episode?id=']");
        assertThat(alert).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        mqtt.disconnect();
        alert.click();
        Platform.await("the work order of the alert", SOON, () -> {
            page.reload();
            return page.locator("a[href*='/maintenance/order?id=']").count() == 1;
        });
        page.locator("a[href*='/maintenance/order?id=']").click();
        order = idIn(page, ".*/maintenance/order\\?id=([0-9a-f-]{36}).*");
        assertThat(page.locator(".page-sub")).containsText("停用", TEXT);
    }

    private void repairAndVerify() {
        Page lessee = as(LESSEE);
        field(lessee, "reason").fill("冷却失效，停机");
        act(lessee, "分级");
        choose(lessee, "serviceOrgId", "安信医疗设备维保");
        act(lessee, "派单");
        Page engineer = openOrder(ENGINEER);
        act(engineer, "接单");
        engineer.navigate(platform.base() + "/maintenance/order?id=" + order + "&act=start");
        act(engineer, "开始维修");
        engineer.locator(".act-card a[href*='/maintenance/repair?id=']").click();
        field(engineer, "diagnosis").fill("冷水机水泵损坏");
        field(engineer, "workDone").fill("更换水泵，清洗管路");
        field(engineer, "labourMinutes").fill("150");
        field(engineer, "labourCost").fill("1800");
        field(engineer, "protectiveEarthOhm").fill("0.12");
        field(engineer, "insulationMegohm").fill("80");
        field(engineer, "earthLeakageMicroamp").fill("180");
        field(engineer, "appliedPartLeakageMicroamp").fill("30");
        Locator check = engineer.locator("#checks .line").first();
        check.locator("input[id$=name]").fill("冷却水温度");
        check.locator("input[id$=value]").fill("6.5");
        check.locator("input[id$=unit]").fill("Cel");
        check.locator("input[id$=low]").fill("4");
        check.locator("input[id$=high]").fill("10");
        engineer.locator("#repair .form-actions button").click();
        idIn(engineer, ".*/maintenance/order\\?id=([0-9a-f-]{36}).*");
        // Who repaired is not asked to verify.
        assertThat(engineer.locator(".act-card button:has-text('验收')")).hasCount(0);
        Page verifier = openOrder(LESSEE);
        act(verifier, "验收");
        Page owner = openOrder(OWNER);
        owner.locator(".act-card .form-actions button:has-text('放行')").click();
        confirm(owner);
        assertThat(owner.locator(".page-sub")).containsText("已放行", TEXT);
        Page closer = openOrder(LESSEE);
        choose(closer, "rating", "5");
        act(closer, "关闭");
        assertThat(closer.locator(".page-sub")).containsText("已关闭", TEXT);
    }

    private void giveBackAndSettle() {
        Page lessee = openRental(LESSEE);
        field(lessee, "next:uses").fill("212");
        field(lessee, "next:return").click();
        confirm(lessee);
        assertThat(lessee.locator(".page-actions")).containsText("归还中", TEXT);
        Page owner = openRental(OWNER);
        field(owner, "next:inspect").click();
        confirm(owner);
        field(owner, "next:close").click();
        assertThat(owner.locator(".page-actions")).containsText("已完成", TEXT);
        owner.locator("a[href*='/billing/statement?rental=']").click();
        assertThat(owner.locator("main")).containsText("68,160.00", TEXT);
    }

    private void prove() {
        Platform.await("all acts on the ledger", SOON, () -> platform.as(REGULATOR)
                .get("/ledger/acts?state=PENDING&subject=custody:" + unit)
                .path("total")
                .equals(0));
        Page page = as(REGULATOR);
        page.navigate(platform.base() + "/oversight/trace");
        page.locator("main input[name=q]").fill(serial);
        page.keyboard().press("Enter");
        // Only one unit has this serial number: its trace opens at once.
        page.waitForURL(url -> url.contains("unit=" + unit));
        Locator acts = page.locator(".tl").first().locator(":scope > li");
        assertThat(acts).hasCount(6, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        assertThat(acts.filter(new Locator.FilterOptions().setHasText("青河县人民医院"))
                        .first())
                .isVisible(VISIBLE);
        assertThat(acts.last()).containsText("云栖省立第一医院");
        page.locator("#verification button").click();
        assertThat(page.locator("#verdict.ok")).isVisible(VISIBLE);
    }

    private Page as(String who) {
        return people.computeIfAbsent(who, name -> chromium.visitor(platform.base(), Visitor.CORNERS.get(0))
                        .signIn(name, Platform.DEMO_PASSWORD))
                .page();
    }

    private Page openRental(String who) {
        Page page = as(who);
        page.navigate(platform.base() + "/rental/rentals?sort=-createdAt");
        page.locator("a[href*='/rental/rental?id=" + rental + "']").click();
        return page;
    }

    private Page openOrder(String who) {
        Page page = as(who);
        page.navigate(platform.base() + "/maintenance/orders?q=" + serial);
        page.locator("tbody a[href*='/maintenance/order?id=" + order + "']").click();
        return page;
    }

    /** Presses the button of the act that the order's page offers. */
    private static void act(Page page, String text) {
        Locator button = page.locator(".act-card .form-actions button:has-text('" + text + "')");
        button.click();
        assertThat(button).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
    }

    private static void choose(Page page, String menu, String text) {
        page.locator("#" + menu).click();
        page.locator("#" + menu + "_panel li:has-text('" + text + "')").first().click();
    }

    private static void confirm(Page page) {
        page.locator(".ui-confirm-dialog .ui-confirmdialog-yes").click();
    }

    private static Locator field(Page page, String id) {
        return page.locator("[id='" + id + "']");
    }

    private static String idIn(Page page, String address) {
        page.waitForURL(Pattern.compile(address), new Page.WaitForURLOptions().setTimeout(60_000));
        Matcher found = Pattern.compile(address).matcher(page.url());
        return found.matches() ? found.group(1) : "";
    }

    private static String drawing(Page page) {
        return String.valueOf(page.evaluate("document.querySelector('canvas.live-chart').toDataURL()"));
    }

    private static String local(Instant at) {
        return LocalDateTime.ofInstant(at, BEIJING).toString();
    }

    private static String day(Instant at) {
        return LocalDateTime.ofInstant(at, BEIJING).toLocalDate().toString();
    }
}
