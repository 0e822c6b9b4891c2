package org.yiqi.equipment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;

class DocumentsIT {

    @TempDir
    Path data;

    private final EquipmentFixture f = new EquipmentFixture();
    private Documents documents;
    private UUID unit;

    @BeforeEach
    void wire() {
        f.services.with(String.class, data.toString());
        documents = f.services.get(Documents.class);
        unit = f.unit().id();
    }

    private DocumentView add(String name, byte[] content) {
        return f.services.as(
                f.owner, () -> documents.add(unit, DocumentKind.PHOTO, name, new ByteArrayInputStream(content)));
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", out);
        return out.toByteArray();
    }

    @Test
    void aPhotoIsKeptByItsContentAndGivenBackWhole() throws IOException {
        byte[] photo = png(40, 30);
        DocumentView added = add("../../etc/passwd", photo);
        assertEquals("image/png", added.mediaType());
        assertEquals(".._.._etc_passwd", added.name());
        Path file = f.services.as(f.owner, () -> documents.content(unit, added.id()));
        assertTrue(file.startsWith(data.resolve("documents")));
        assertArrayEquals(photo, Files.readAllBytes(file));
        assertEquals(added.sha256(), add("again", photo).sha256());
    }

    @Test
    void whatOnlyCallsItselfAPictureIsRefused() {
        for (String content : List.of("<html><script>alert(1)</script>", "\u0089PNG\r\n\u001a\nnothing", "MZ")) {
            RuleViolation refused = assertThrows(
                    RuleViolation.class, () -> add("photo.png", content.getBytes(StandardCharsets.ISO_8859_1)));
            assertEquals("equipment.file-type", refused.code());
        }
        assertThrows(RuleViolation.class, () -> add("empty.pdf", new byte[0]));
        assertThrows(RuleViolation.class, () -> add("large.pdf", new byte[(20 << 20) + 1]));
    }

    @Test
    void aPictureOfAHundredMillionPixelsIsRefused() throws IOException {
        byte[] huge = png(10_000, 10_000);
        assertThrows(RuleViolation.class, () -> add("huge.png", huge));
    }

    @Test
    void anotherHospitalFindsNoDocument() throws IOException {
        DocumentView added = add("photo", png(4, 4));
        assertThrows(NotFound.class, () -> f.services.as(f.other, () -> documents.get(unit, added.id())));
    }

    @Test
    void aHundredLabelsComeQuicklyAndTheirCodeIsReadBack() throws Exception {
        f.services.with(String.class, "https://yiqi.example/");
        Labels labels = f.services.get(Labels.class);
        List<UUID> ids = Collections.nCopies(100, unit);
        byte[] pdf = f.services.as(f.owner, () -> labels.pdf(ids, LabelSheet.A4_24));
        assertEquals("%PDF-", new String(pdf, 0, 5, StandardCharsets.ISO_8859_1));
        UnitView labelled = f.services.as(f.owner, () -> f.units.get(unit));
        assertEquals("https://yiqi.example/q/" + labelled.labelCode(), decode(labels.qr(labels.address(labelled))));
    }

    private static String decode(BitMatrix matrix) throws Exception {
        int scale = 4;
        int side = matrix.getWidth() * scale;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xFFFFFF);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (matrix.get(x / scale, y / scale)) {
                    pixels[y * side + x] = 0;
                }
            }
        }
        RGBLuminanceSource source = new RGBLuminanceSource(side, side, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }
}
