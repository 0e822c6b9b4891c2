package org.yiqi.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tender of the running platform: five organisations prepare their keys with the tool, it is published, a supplier seals a bid in its
 * browser and another with the tool, and nobody learns more than that there are two.
 */
class SealedBidOnThePlatformIT {

    private static final String BUYER = TenderByTool.BUYER;
    private static final String SUPPLIER = TenderByTool.SUPPLIER;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final LocatorAssertions.ContainsTextOptions TEXT =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
    private static final Path PICTURES = Path.of("target/pages");

    private static Chromium chromium;
    private static Platform platform;

    @TempDir
    Path dir;

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
    void aSupplierSealsOneBidInTheBrowserAndOneWithTheTool() throws IOException {
        TenderByTool tools = new TenderByTool(platform, dir, SOON);
        String tender = tools.published();
        inTheBrowser(tender);
        tools.bid(tender);
        Platform.await("both bids on the ledger", SOON, () -> platform.as(BUYER)
                .get("/tenders/" + tender + "/bids/count")
                .path("count")
                .equals(2));
        watch(tender);
    }

    private void inTheBrowser(String tender) throws IOException {
        Visitor visitor = chromium.visitor(platform.base(), Visitor.CORNERS.get(0));
        try (visitor) {
            visitor.signIn(SUPPLIER, Platform.DEMO_PASSWORD);
            Page page = visitor.page();
            page.navigate(platform.base() + "/procurement/tender?id=" + tender);
            page.locator("a[href*='/procurement/bid?tender=" + tender + "']").click();
            page.locator("#seal-lot").selectOption("new:A");
            page.locator("#seal-requirement-0").fill("两块电池，四小时。");
            page.locator("#seal-technical").fill("迈瑞级监护，全中文界面。");
            page.locator("#seal-amount").fill("四万八");
            page.locator("#seal-go").click();
            assertThat(page.locator("#seal-say")).containsText("最多两位小数");
            page.locator("#seal-amount").fill("48,000.00");
            Path offer = dir.resolve("offer.pdf");
            Files.write(offer, new byte[3_000_000]);
            page.locator("#seal-technical-files").setInputFiles(offer);
            visitor.picture(PICTURES.resolve("bid-room.png"));
            List<Download> saved = new ArrayList<>();
            page.onDownload(saved::add);
            page.locator("#seal-go").click();
            assertThat(page.locator("table tbody tr").first()).containsText("已提交", TEXT);
            assertEquals(2, saved.size(), "the key and the receipt are saved");
            String receipt = Files.readString(saved.get(1).path());
            assertTrue(receipt.contains("commitment"), receipt);
            assertTrue(!receipt.contains("4800000") && !receipt.contains("48,000"), "no price in the receipt");
            visitor.picture(PICTURES.resolve("bid-room-submitted.png"));
            visitor.turnTo(Visitor.CORNERS.get(1));
            page.navigate(platform.base() + "/procurement/bid?tender=" + tender);
            assertThat(page.locator("h1")).isVisible();
            visitor.picture(PICTURES.resolve("bid-room-phone.png"));
            assertEquals(List.of(), visitor.complaints());
        }
    }

    private void watch(String tender) {
        Visitor visitor = chromium.visitor(platform.base(), Visitor.CORNERS.get(0));
        try (visitor) {
            visitor.signIn(BUYER, Platform.DEMO_PASSWORD);
            Page page = visitor.page();
            page.navigate(platform.base() + "/procurement/opening?tender=" + tender);
            assertThat(page.locator("main")).containsText("5 个开标方中的 3 个即可开标", TEXT);
            assertThat(page.locator("main table").first().locator("tbody tr")).hasCount(5);
            visitor.picture(PICTURES.resolve("opening.png"));
            assertEquals(List.of(), visitor.complaints());
        }
        assertEquals(403, platform.as(BUYER).get("/tenders/" + tender + "/bids").statusCode());
        assertEquals(
                409,
                platform.as("health.inspector")
                        .get("/tenders/" + tender + "/opening/TECHNICAL/due")
                        .statusCode());
    }
}
