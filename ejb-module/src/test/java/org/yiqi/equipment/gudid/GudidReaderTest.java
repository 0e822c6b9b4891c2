package org.yiqi.equipment.gudid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.equipment.udi.UdiIssuer;

class GudidReaderTest {

    private static final String NAMESPACE = "http://www.fda.gov/cdrh/gudid";

    private final List<GudidDevice> devices = new ArrayList<>();
    private final List<RowError> errors = new ArrayList<>();
    private final GudidReader reader = new GudidReader(devices::add, errors::add);

    private static String device(String identifier, String agency, String brand) {
        return """
                <device xmlns="%s">
                  <devicePublishDate>2015-09-24</devicePublishDate>
                  <identifiers>
                    <identifier>
                      <deviceId>%s</deviceId>
                      <deviceIdType>Primary</deviceIdType>
                      <deviceIdIssuingAgency>%s</deviceIdIssuingAgency>
                    </identifier>
                    <identifier>
                      <deviceId>10841470103931</deviceId>
                      <deviceIdType>Package</deviceIdType>
                      <deviceIdIssuingAgency>GS1</deviceIdIssuingAgency>
                    </identifier>
                  </identifiers>
                  <brandName>%s</brandName>
                  <versionModelNumber>1107-0-3258</versionModelNumber>
                  <catalogNumber />
                  <companyName>CONSENSUS ORTHOPEDICS, INC.</companyName>
                  <deviceDescription>Insert &amp; liner</deviceDescription>
                  <singleUse>true</singleUse>
                  <gmdnTerms>
                    <gmdn><gmdnPTName>Liner</gmdnPTName><gmdnPTDefinition>A liner.</gmdnPTDefinition></gmdn>
                    <gmdn><gmdnPTName>Second</gmdnPTName></gmdn>
                  </gmdnTerms>
                  <productCodes>
                    <fdaProductCode><productCode>OQG</productCode></fdaProductCode>
                  </productCodes>
                  <deviceId>%s</deviceId>
                </device>
                """.formatted(NAMESPACE, identifier, agency, brand, identifier);
    }

    private static InputStream xml(String... parts) {
        String text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<data>\n" + String.join("", parts) + "</data>\n";
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRecordIsReadWithItsIdentifiersNamesAndFacts() throws IOException {
        reader.read(xml(device("00844588018923", "GS1", "髋臼 Cup")));
        assertEquals(List.of(), errors);
        GudidDevice device = devices.get(0);
        assertEquals(3, device.line());
        assertEquals(UdiIssuer.GS1, device.issuer());
        assertEquals("00844588018923", device.deviceIdentifier());
        assertEquals("髋臼 Cup", device.brandName());
        assertEquals("Insert & liner", device.description());
        assertNull(device.catalogNumber());
        assertEquals("Liner", device.gmdnName());
        assertEquals(List.of("OQG"), device.productCodes());
        assertEquals(List.of("10841470103931"), device.otherIdentifiers());
        assertEquals("true", device.facts().get("singleUse"));
    }

    @Test
    void aWrongCheckDigitIsReportedByLineAndTheNextRecordIsStillRead() throws IOException {
        reader.read(xml(
                device("00208851107345", "GS1", "Wrong"),
                device("00844588018923", "GS1", "Right"),
                device("00841523106431", "HIBCC", "Wrong agency"),
                device("00844588018916", "XYZ", "Unknown agency"),
                device("00844588018916", "GS1", "")));
        assertEquals(1, devices.size());
        assertEquals(
                List.of(
                        "equipment.udi-check-digit",
                        "equipment.udi-format",
                        "equipment.row-incomplete",
                        "equipment.row-incomplete"),
                errors.stream().map(RowError::code).toList());
        assertEquals(3, errors.get(0).line());
        assertEquals("00208851107345", errors.get(0).key());
    }

    @Test
    void anExternalEntityIsNeverFetched(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "canary");
        String text = "<?xml version=\"1.0\"?>\n<!DOCTYPE data [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n<data>"
                + device("00844588018923", "GS1", "&x;") + "</data>";
        assertThrows(
                UnreadableFile.class,
                () -> reader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        assertTrue(devices.stream().noneMatch(device -> device.brandName().contains("canary")));
    }

    @Test
    void aFileThatBreaksOffSaysWhere() {
        String whole = "<data>\n" + device("00844588018923", "GS1", "A") + device("00844588018916", "GS1", "B");
        UnreadableFile broken = assertThrows(
                UnreadableFile.class,
                () -> reader.read(new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8))));
        assertTrue(broken.line() > 50, "line " + broken.line());
        assertEquals(2, devices.size());
    }

    @Test
    void aZipIsUnpackedOnTheWay() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (String name : List.of("readme.txt", "one.xml", "two.xml")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(xml(device("00844588018923", "GS1", name)).readAllBytes());
            }
        }
        reader.read(new ByteArrayInputStream(packed.toByteArray()));
        assertEquals(
                List.of("one.xml", "two.xml"),
                devices.stream().map(GudidDevice::brandName).toList());
    }

    @Test
    void aZipBombEndsTheReading() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("bomb.xml"));
            zip.write("<data>".getBytes(StandardCharsets.UTF_8));
            byte[] spaces = new byte[1 << 20];
            Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < 32; i++) {
                zip.write(spaces);
            }
            zip.write("</data>".getBytes(StandardCharsets.UTF_8));
        }
        UnreadableFile refused =
                assertThrows(UnreadableFile.class, () -> reader.read(new ByteArrayInputStream(packed.toByteArray())));
        assertTrue(String.valueOf(refused.getMessage()).contains("hundred times"));
    }

    @Test
    void fiftyThousandPublishedRecordsAreReadAndTheNineWithAWrongCheckDigitAreNamed() throws IOException {
        String shared = System.getenv("YIQI_SHARED");
        Assumptions.assumeTrue(
                shared != null && Files.isReadable(Path.of(shared, "data/gudid/gudid-50000.zip")),
                "YIQI_SHARED does not name the folder with data/gudid/gudid-50000.zip: real data not tried");
        Set<String> identifiers = new HashSet<>();
        GudidReader counting = new GudidReader(device -> identifiers.add(device.deviceIdentifier()), errors::add);
        try (InputStream file = Files.newInputStream(Path.of(shared, "data/gudid/gudid-50000.zip"))) {
            counting.read(file);
        }
        assertEquals(49_990, identifiers.size());
        assertEquals(
                9,
                errors.stream()
                        .filter(e -> e.code().equals("equipment.udi-check-digit"))
                        .count());
        assertEquals(
                "00841523106431",
                errors.stream()
                        .filter(e -> e.code().equals("equipment.udi-format"))
                        .map(RowError::key)
                        .findFirst()
                        .orElse(""));
        assertEquals(10, errors.size());
    }
}
