package org.yiqi.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The first days of a hospital on the platform, done by its people in their browsers: nothing but pages, forms and files. What
 * they would stumble over (errors on the console, barriers, raw texts) fails the test as it does in {@code EveryPageIT}.
 */
class FirstDaysIT {

    private static final Visitor.Corner ENGLISH = new Visitor.Corner("en", "light", 1366);
    private static final Visitor.Corner CHINESE = new Visitor.Corner("zh-CN", "dark", 1366);
    private static final Visitor.Corner PHONE = new Visitor.Corner("en", "light", 375);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String PASSWORD = "a-long-enough-Passphrase-7";
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

    private static Chromium chromium;
    private static Platform platform;

    /** Tells one run on a kept instance from the next. */
    private final String run = Long.toString(System.currentTimeMillis() / 1000);

    private final String hospital = "Linjiang County Hospital " + run;
    private final String admin = "linjiang.admin." + run;
    private final String colleague = "linjiang.equipment." + run;
    private final String assetTag = "LJ-" + run;

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
    void aHospitalRegistersIsApprovedAfterACorrectionInvitesAColleagueAndOffersItsFirstUnit() {
        registers();
        handsIn("LJ-PRACTICE-1", "scan.pdf");
        firstReviewerAsksForACorrection();
        corrects();
        firstReviewerCannotApproveAndTheSecondDoes();
        String link = invites();
        accepts(link);
        offersItsFirstUnit();
        anotherHospitalFindsIt();
    }

    private void registers() {
        try (Visitor visitor = chromium.visitor(platform.base(), ENGLISH)) {
            Page page = visitor.page();
            page.navigate(platform.base() + "/login");
            page.getByText("Register your organisation").click();
            page.waitForURL("**/register");
            sound(visitor, "/register");
            fill(page, "register:nameZh", "临江县人民医院" + run);
            fill(page, "register:nameEn", hospital);
            fill(page, "register:creditCode", "523301000000000000");
            fill(page, "register:regionCode", "330100");
            fill(page, "register:address", "临江路 1 号");
            press(page, "register:forward");
            fill(page, "register:name", "林静");
            fill(page, "register:email", "lin@example.org");
            fill(page, "register:username", admin);
            fill(page, "register:password", "short");
            press(page, "register:finish");
            assertThat(page.locator("main")).containsText("The check character of the credit code does not fit");
            press(page, "register:back");
            assertThat(page.locator(id("register:nameEn"))).hasValue(hospital);
            fill(page, "register:creditCode", creditCode(run));
            press(page, "register:forward");
            assertThat(page.locator(id("register:username"))).hasValue(admin);
            fill(page, "register:password", "short");
            press(page, "register:finish");
            assertThat(page.locator("main")).containsText("A password has 12 characters or more");
            fill(page, "register:password", PASSWORD);
            press(page, "register:finish");
            assertThat(page.locator("main")).containsText("Registered as a draft");
        }
    }

    private void handsIn(String number, String file) {
        try (Visitor visitor = chromium.visitor(platform.base(), ENGLISH).signIn(admin, PASSWORD)) {
            Page page = visitor.page();
            sound(visitor, "/organisation/organisation");
            assertThat(page.locator("main")).containsText("Draft");
            addCredential(page, number, file, "not a document at all".getBytes(StandardCharsets.UTF_8));
            assertThat(page.locator("main")).containsText("PDF, PNG or JPEG only");
            addCredential(page, number, file, pdf(number));
            assertThat(page.locator("main")).containsText(number);
            sound(visitor, "/organisation/organisation");
            press(page, "hand:submit");
            assertThat(page.locator("main")).containsText("Submitted");
        }
    }

    private void firstReviewerAsksForACorrection() {
        try (Visitor visitor = reviewer("platform.reviewer")) {
            Page page = visitor.page();
            press(page, "first:claim");
            assertThat(page.locator("main")).containsText("审核中");
            sound(visitor, here(page));
            fill(page, "answer:reason", "第 1 页看不清，请重新扫描");
            press(page, "answer:correct");
            assertThat(page.locator("main")).containsText("待补正");
        }
    }

    private void corrects() {
        try (Visitor visitor = chromium.visitor(platform.base(), PHONE).signIn(admin, PASSWORD)) {
            Page page = visitor.page();
            sound(visitor, "/organisation/organisation");
            assertThat(page.locator("main")).containsText("第 1 页看不清，请重新扫描");
            page.locator("main button", new Page.LocatorOptions().setHasText("Withdraw"))
                    .first()
                    .click();
            assertThat(page.locator("main")).containsText("Nothing handed in yet");
            addCredential(page, "LJ-PRACTICE-2", "again.pdf", pdf("again"));
            press(page, "hand:submit");
            assertThat(page.locator("main")).containsText("In review");
        }
    }

    private void firstReviewerCannotApproveAndTheSecondDoes() {
        try (Visitor visitor = reviewer("platform.reviewer")) {
            assertThat(visitor.page().locator(id("first:approve"))).hasCount(0);
        }
        try (Visitor visitor = reviewer("platform.reviewer2")) {
            Page page = visitor.page();
            Locator file = page.locator("main a", new Page.LocatorOptions().setHasText("LJ-PRACTICE-2"));
            assertEquals(
                    "again.pdf",
                    page.waitForDownload(file.first()::click).suggestedFilename(),
                    "the reviewer reads what was handed in");
            press(page, "first:approve");
            assertThat(page.locator("main")).containsText("已通过");
        }
    }

    private String invites() {
        try (Visitor visitor = chromium.visitor(platform.base(), ENGLISH).signIn(admin, PASSWORD)) {
            Page page = visitor.page();
            sound(visitor, "/organisation/people");
            fill(page, "invite:email", "wang@example.org");
            fill(page, "invite:department", "设备科");
            check(page, "Equipment department");
            check(page, "Signatory");
            press(page, "invite:send");
            String link = page.locator(id("made") + " .mono").textContent().strip();
            assertFalse(link.isEmpty());
            return link.substring(link.indexOf("/invitation"));
        }
    }

    private void accepts(String link) {
        try (Visitor visitor = chromium.visitor(platform.base(), PHONE)) {
            Page page = visitor.page();
            sound(visitor, link);
            assertThat(page.locator("main")).containsText(hospital);
            fill(page, "join:name", "王工");
            fill(page, "join:username", admin);
            fill(page, "join:password", PASSWORD);
            press(page, "join:accept");
            assertThat(page.locator("main")).containsText("This user name is taken");
            fill(page, "join:username", colleague);
            fill(page, "join:password", PASSWORD);
            press(page, "join:accept");
            page.waitForURL("**/login*");
            page.navigate(platform.base() + link);
            assertThat(page.locator("main")).containsText("This link does not work any more");
        }
    }

    private void offersItsFirstUnit() {
        try (Visitor visitor = chromium.visitor(platform.base(), ENGLISH).signIn(colleague, PASSWORD)) {
            Page page = visitor.page();
            page.navigate(platform.base() + "/equipment/units");
            page.locator("main a", new Page.LocatorOptions().setHasText("Register"))
                    .first()
                    .click();
            page.waitForURL("**/equipment/register*");
            sound(visitor, "/equipment/register");
            page.locator(id("register:model_input")).pressSequentially("MRI");
            page.locator(id("register:model_panel") + " li").first().click();
            fill(page, "register:assetTag", assetTag);
            fill(page, "register:serial", "SN" + run);
            fill(page, "register:site", "门诊楼 1 层");
            fill(page, "register:regionCode", "33");
            press(page, "register:save");
            assertThat(page.locator("main")).not().hasText("");
            assertThat(page.locator(id("register:regionCode"))).hasValue("33");
            fill(page, "register:regionCode", "330100");
            press(page, "register:save");
            page.waitForURL("**/equipment/unit?id=*");
            assertThat(page.locator("h1")).containsText(assetTag);
            sound(visitor, here(page));
            makeAvailable(page);
            page.locator("main a", new Page.LocatorOptions().setHasText("Offer for rent"))
                    .click();
            page.waitForURL("**/rental/offer?unitId=*");
            sound(visitor, here(page));
            fill(page, "offer:perDay", "1200");
            fill(page, "offer:perWeek", "7000");
            fill(page, "offer:deposit", "20000");
            press(page, "offer:publish");
            page.waitForURL("**/rental/offers*");
            assertThat(page.locator("main")).containsText(hospital);
        }
    }

    private static void makeAvailable(Page page) {
        for (String act : new String[] {"Commission", "Make available"}) {
            Locator button = page.locator("main button", new Page.LocatorOptions().setHasText(act));
            if (button.count() > 0) {
                button.first().click();
                Locator yes = page.locator(".ui-confirmdialog-yes");
                if (act.equals("Commission")) {
                    yes.click();
                }
                assertThat(button).hasCount(0);
            }
        }
        assertThat(page.locator("main")).containsText("Available");
    }

    private void anotherHospitalFindsIt() {
        try (Visitor visitor =
                chromium.visitor(platform.base(), ENGLISH).signIn("qinghe.doctor", Platform.DEMO_PASSWORD)) {
            Page page = visitor.page();
            page.navigate(platform.base() + "/rental/search");
            LocalDate day = LocalDate.now(ZONE).plusDays(9);
            page.locator("#from").fill(day.toString());
            page.locator("#to").fill(day.plusDays(2).toString());
            page.locator("#category").selectOption("MRI");
            page.locator("main button[type=submit]").first().click();
            assertThat(page.locator("main")).containsText(hospital);
        }
    }

    /** A reviewer at the review of the new hospital, come there by the list. */
    private Visitor reviewer(String username) {
        Visitor visitor = chromium.visitor(platform.base(), CHINESE).signIn(username, Platform.DEMO_PASSWORD);
        Page page = visitor.page();
        page.navigate(platform.base() + "/organisation/reviews?sort=-submittedAt");
        page.locator("main a", new Page.LocatorOptions().setHasText("临江县人民医院" + run))
                .click();
        page.waitForURL("**/organisation/review?id=*");
        return visitor;
    }

    private static void addCredential(Page page, String number, String file, byte[] content) {
        choose(page, "add:type", "Medical practice licence");
        fill(page, "add:number", number);
        fill(page, "add:issuer", "临江县卫生健康局");
        fill(page, "add:validFrom_input", LocalDate.now(ZONE).minusYears(1).toString());
        page.keyboard().press("Escape");
        fill(page, "add:validTo_input", LocalDate.now(ZONE).plusYears(3).toString());
        page.keyboard().press("Escape");
        page.locator(id("add:file")).setInputFiles(new FilePayload(file, "application/pdf", content));
        press(page, "add:save");
    }

    private static void choose(Page page, String field, String label) {
        page.locator(id(field)).click();
        page.locator(id(field + "_panel") + " li", new Page.LocatorOptions().setHasText(label))
                .first()
                .click();
    }

    private static void check(Page page, String label) {
        page.locator("label", new Page.LocatorOptions().setHasText(label))
                .first()
                .click();
    }

    private static void fill(Page page, String field, String text) {
        page.locator(id(field)).fill(text);
    }

    /** Clicks and waits until the answer is there: a new page, or the end of the partial update. */
    private static void press(Page page, String button) {
        page.locator(id(button)).click();
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
    }

    private static void sound(Visitor visitor, String path) {
        assertEquals("", String.join("\n", visitor.look(path, 200, true)));
    }

    private static String here(Page page) {
        return page.url().substring(platform.base().length());
    }

    /** Some forms put their name before those of their fields, some do not. */
    private static String id(String clientId) {
        String own = clientId.substring(clientId.indexOf(':') + 1);
        return ":is([id='" + clientId + "'],[id='" + own + "'])";
    }

    private static byte[] pdf(String text) {
        return ("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% " + text + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A code of GB 32100 of its own for each run. */
    private static String creditCode(String run) {
        String body = "52330100" + "000000000".substring(0, 9 - Math.min(9, run.length()))
                + run.substring(Math.max(0, run.length() - 9));
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += ALPHABET.indexOf(body.charAt(i)) * WEIGHTS[i];
        }
        return body + ALPHABET.charAt((31 - sum % 31) % 31);
    }
}
