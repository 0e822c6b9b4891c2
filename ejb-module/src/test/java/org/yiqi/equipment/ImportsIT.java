package org.yiqi.equipment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.shared.Ids;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;

class ImportsIT {

    @TempDir
    Path data;

    private final EquipmentFixture f = new EquipmentFixture();
    private Imports imports;
    private ImportRunner runner;

    @BeforeEach
    void wire() {
        Validator content = (Validator) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Validator.class}, (self, method, args) -> Set.of());
        f.services.with(String.class, data.toString()).with(Validator.class, content);
        imports = f.services.get(Imports.class);
        runner = f.services.get(ImportRunner.class);
    }

    private ImportView run(boolean models, InputStream content) {
        return f.services.as(f.owner, () -> {
            ImportView started = models ? imports.models("file", content) : imports.units("file", content);
            runner.run(started.id());
            return imports.get(started.id());
        });
    }

    private static InputStream text(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String gudid(String di, String brand) {
        return "<device><identifiers><identifier><deviceId>" + di + "</deviceId><deviceIdType>Primary</deviceIdType>"
                + "<deviceIdIssuingAgency>GS1</deviceIdIssuingAgency></identifier></identifiers><brandName>" + brand
                + "</brandName><versionModelNumber>V1</versionModelNumber><companyName>Maker</companyName></device>\n";
    }

    @Test
    void aSecondImportOfTheSameFileChangesNothingAndACorrectedRecordIsTaken() {
        String a = UdiNumbers.gtin();
        String b = UdiNumbers.gtin();
        String file =
                "<data>\n" + gudid(a, "First") + gudid(b, "Second") + gudid("00208851107345", "Wrong") + "</data>";
        ImportView first = run(true, text(file));
        assertEquals(ImportState.DONE, first.state());
        assertEquals(List.of(3, 2, 0, 0, 1), counts(first));
        ImportError error =
                f.services.as(f.owner, () -> imports.errors(first.id())).get(0);
        assertEquals(4, error.line());
        assertEquals("equipment.udi-check-digit", error.code());
        ModelView before =
                f.services.as(f.owner, () -> f.models.byDeviceIdentifier(a)).orElseThrow();
        f.services.clock().set(f.services.clock().instant().plusSeconds(60));
        assertEquals(List.of(3, 0, 0, 2, 1), counts(run(true, text(file))));
        assertEquals(
                before,
                f.services.as(f.owner, () -> f.models.byDeviceIdentifier(a)).orElseThrow());
        assertEquals(List.of(3, 0, 1, 1, 1), counts(run(true, text(file.replace("First", "Renamed")))));
        assertEquals(
                "Renamed",
                f.services
                        .as(f.owner, () -> f.models.byDeviceIdentifier(a))
                        .orElseThrow()
                        .nameEn());
    }

    private static List<Integer> counts(ImportView i) {
        return List.of(i.read(), i.created(), i.updated(), i.unchanged(), i.refused());
    }

    @Test
    void aFileThatBreaksOffKeepsWhatWasReadAndSaysWhereItEnded() {
        ImportView broken = run(true, text("<data>\n" + gudid(UdiNumbers.gtin(), "A") + "<device><ident"));
        assertEquals(ImportState.FAILED, broken.state());
        assertTrue(broken.message().startsWith("Line 3"), broken.message());
    }

    @Test
    void modelsComeAsATableTooAndRepeatedOnesStayOnce() {
        String maker = "Maker " + Ids.next();
        String table = "nameZh,manufacturer,modelNumber,deviceIdentifier,deviceClass\n磁共振," + maker + ",M1,,III\n超声,"
                + maker + ",M2," + UdiNumbers.gtin() + ",II\n," + maker + ",M3,,\n超声," + maker + ",M4,123,\n";
        assertEquals(List.of(4, 2, 0, 0, 2), counts(run(true, text(table))));
        assertEquals(List.of(4, 0, 0, 2, 2), counts(run(true, text(table))));
    }

    @Test
    void unitsComeAsATableAndEachWrongRowIsNamed() {
        String di = UdiNumbers.gtin();
        run(true, text("<data>" + gudid(di, "Pump") + "</data>"));
        String table = "资产编号,产品标识,序列号,科室,购置日期,condition,购置金额,latitude,longitude\n"
                + "A-1," + di + ",S1,ICU,2024/3/31,GOOD,18500.5,30.1,120.2\n"
                + "A-2,04006381333931,S2,,,,,,\n"
                + "A-3," + di + ",S3,,soon,,,,\n"
                + ",,,ICU,,,,,\n"
                + "A-6," + di + ",S6,,,BROKEN,,,\n"
                + "A-7," + di + ",S7,,,,,30.1,\n";
        ImportView first = run(false, text(table));
        assertEquals(List.of(6, 1, 0, 0, 5), counts(first));
        assertEquals(
                List.of(3, 4, 5, 6, 7),
                f.services.as(f.owner, () -> imports.errors(first.id())).stream()
                        .map(ImportError::line)
                        .toList());
        List<UnitRow> units =
                f.services.as(f.owner, () -> f.units.list(ListQuery.all())).items();
        assertEquals(List.of("A-1"), units.stream().map(UnitRow::assetTag).toList());
        UnitView unit = f.services.as(f.owner, () -> f.units.get(units.get(0).id()));
        assertEquals(
                "18500.50",
                unit.acquisitionCost() == null ? "" : unit.acquisitionCost().amount());
        ImportView again = run(false, text(table.lines().limit(2).reduce("", (x, y) -> x + y + "\n")));
        assertEquals(List.of(1, 0, 0, 1, 0), counts(again));
    }

    @Test
    void anotherHospitalDoesNotSeeAnImport() {
        ImportView mine = run(true, text("<data>" + gudid(UdiNumbers.gtin(), "A") + "</data>"));
        assertThrows(NotFound.class, () -> f.services.as(f.other, () -> imports.get(mine.id())));
    }

    @Test
    void fiftyThousandPublishedRecordsComeInAndASecondTimeNothingChanges() throws IOException {
        String shared = System.getenv("YIQI_SHARED");
        Assumptions.assumeTrue(
                shared != null && Files.isReadable(Path.of(shared, "data/gudid/gudid-50000.zip")),
                "YIQI_SHARED does not name the folder with data/gudid/gudid-50000.zip: real data not tried");
        for (int round = 1; round <= 2; round++) {
            try (InputStream file = Files.newInputStream(Path.of(shared, "data/gudid/gudid-50000.zip"))) {
                ImportView done = run(true, file);
                assertEquals(ImportState.DONE, done.state());
                assertEquals(
                        round == 1 ? List.of(50_000, 49_990, 0, 0, 10) : List.of(50_000, 0, 0, 49_990, 10),
                        counts(done));
            }
        }
        UUID one = f.services
                .as(f.owner, () -> f.models.byDeviceIdentifier("00844588018923"))
                .orElseThrow()
                .id();
        assertEquals(
                "CONSENSUS ORTHOPEDICS, INC.",
                f.services.as(f.owner, () -> f.models.get(one)).manufacturer());
    }
}
